// The operator's voice: the chosen microphone, another one when it is pulled out, silence when there is none.

import type { Devices } from './devices';
import type { Troubles } from './messages';
import { inTime } from './patience';
import { context, Meter } from './sound';

export class Microphone {
  private readonly wishes = new Set<string>();
  private track: MediaStreamTrack | null = null;
  private device = '';
  private opening: Promise<MediaStreamTrack> | null = null;
  readonly meter = new Meter();
  /** Another device speaks now: whoever sends its voice sends this one. */
  changed: (track: MediaStreamTrack) => void = () => undefined;

  constructor(
    private readonly devices: Devices,
    private readonly troubles: Troubles,
  ) {}

  /** Open for somebody (a call, the sheet of devices) until they close; the voice, or silence. */
  open(who: string): Promise<MediaStreamTrack> {
    this.wishes.add(who);
    if (this.track) return Promise.resolve(this.track);
    this.opening ??= this.take().finally(() => (this.opening = null));
    return this.opening;
  }

  close(who: string): void {
    this.wishes.delete(who);
    if (this.wishes.size === 0) this.drop();
  }

  /** Devices came or went, or another one was chosen. */
  async look(): Promise<void> {
    if (!this.track || this.opening) return;
    const silent = this.device === SILENCE && this.devices.anyMicrophone;
    const other = this.device !== SILENCE && this.device !== this.devices.id('microphone');
    if (!silent && !other && this.track.readyState === 'live') return;
    this.drop();
    this.changed(await this.open([...this.wishes][0] ?? ''));
  }

  /** Ask once, so that a refusal is known before the first call and devices have names. */
  async check(): Promise<void> {
    await this.open('check');
    this.close('check');
  }

  private async take(): Promise<MediaStreamTrack> {
    const device = this.devices.id('microphone');
    try {
      const asked = navigator.mediaDevices.getUserMedia({
        audio: { ...(device ? { deviceId: { exact: device } } : {}), ...PROCESSED },
      });
      const stream = await inTime(asked).catch((trouble: unknown) => {
        // One that comes too late is not used: whoever waits goes on without.
        asked.then((late) => late.getTracks().forEach((track) => track.stop())).catch(() => undefined);
        throw trouble;
      });
      this.judge('');
      return this.hold(stream.getAudioTracks()[0] as MediaStreamTrack, device);
    } catch (trouble) {
      this.judge(trouble instanceof DOMException ? trouble.name : 'unknown');
      // The conversation goes on: the operator hears the caller, and is told that nobody hears them.
      return this.hold(silence(), SILENCE);
    }
  }

  private judge(error: string): void {
    this.troubles.set('microphone_refused', error === 'NotAllowedError');
    this.troubles.set('no_microphone', error === 'NotFoundError' || error === 'OverconstrainedError');
    const known = ['', 'NotAllowedError', 'NotFoundError', 'OverconstrainedError'];
    this.troubles.set('microphone_busy', !known.includes(error));
  }

  private hold(track: MediaStreamTrack, device: string): MediaStreamTrack {
    this.track = track;
    this.device = device;
    if (this.wishes.size === 0) {
      this.drop();
      return track;
    }
    this.meter.attach(new MediaStream([track]));
    track.addEventListener('ended', () => {
      if (this.track === track) void this.devices.look();
    });
    return track;
  }

  private drop(): void {
    this.meter.detach();
    this.track?.stop();
    this.track = null;
  }
}

const SILENCE = 'silence';

/** What the engine does with the voice. The canceller of echoes takes the operator for an echo of the caller where both
 * speak or the caller's line hums, and cuts a sixth of the operator's words; in a headset there is no echo. */
const PROCESSED = { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true };

function silence(): MediaStreamTrack {
  return context().createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack;
}
