// One output device playing one stream, and watched: a device that takes nothing is opened anew, then gone round.

import { context, Meter } from './sound';

const SETTLE_MS = 7000;
const WATCH_MS = 500;
/** A busy machine lets a device wait for its next samples; nobody misses a call by so short a silence. */
const STALLED_MS = 3000;
/** How long the system's own device plays in the place of one that takes nothing, before that one is tried again. */
const ROUND_MS = 30000;

export class Speaker {
  private element = new Audio();
  private stream: MediaStream | null = null;
  private beginnings = 0;
  private moving = false;
  private notBefore = -Infinity;
  private watching: ReturnType<typeof setInterval> | null = null;
  private played = 0;
  private made = 0;
  private wentOn = 0;
  private looked = 0;
  private stalls = 0;
  private roundUntil = -Infinity;
  readonly meter = new Meter();

  /**
   * `comesOut`: whether a device takes what plays; `source`: how far that has come, in any unit.
   * What comes from `elsewhere` may rest: then there is nothing to take, and nothing is judged.
   */
  constructor(
    private readonly comesOut: (on: boolean) => void,
    private readonly source: () => number,
    private readonly elsewhere: boolean,
  ) {}

  play(stream: MediaStream): void {
    if (this.stream === stream) return;
    this.stream = stream;
    this.meter.attach(stream);
    this.stalls = 0;
    this.begin();
    this.watching ??= setInterval(() => this.watch(), WATCH_MS);
  }

  stop(): void {
    this.stream = null;
    if (this.watching !== null) clearInterval(this.watching);
    this.watching = null;
    this.element.pause();
    this.element.srcObject = null;
    this.meter.detach();
  }

  /** Play on another device. One that does not open is tried again at the next look at the devices. */
  async use(device: string): Promise<void> {
    if (this.moving || this.element.sinkId === device) return;
    // Just back: the engine would still play it to where the sound system led the stream meanwhile.
    if (performance.now() < this.notBefore) return;
    const element = this.element;
    const begun = this.beginnings;
    this.moving = true;
    try {
      await element.setSinkId(device);
      if (element !== this.element) return;
      if (device === '') this.notBefore = performance.now() + SETTLE_MS;
      // What began meanwhile plays on the former device for good, whatever the element says of itself.
      if (this.beginnings !== begun) this.begin();
    } catch {
      // What is heard now goes on.
    } finally {
      if (element === this.element) this.moving = false;
    }
  }

  private begin(): void {
    if (!this.stream) return;
    this.beginnings += 1;
    this.element.srcObject = this.stream;
    // Told another stream meanwhile, it rejects this promise: nothing is lost by it. Anything else the watch sees.
    this.element.play().catch(() => undefined);
    this.played = 0;
    this.made = this.source();
    this.wentOn = this.looked = performance.now();
  }

  /** The time of an element moves on only while there is something and a device takes it. */
  private watch(): void {
    const now = performance.now();
    const [played, made] = [this.element.currentTime, this.source()];
    const comes = made !== this.made;
    const goesOn = played > this.played && (comes || this.elsewhere);
    // Where this page itself stood still, it cannot judge others by that time.
    const unjudged = (this.elsewhere && !comes) || now - this.looked > STALLED_MS / 2;
    if (goesOn || unjudged) this.wentOn = now;
    this.looked = now;
    this.played = Math.max(played, this.played);
    this.made = made;
    if (goesOn && now >= this.roundUntil) this.comesOut(true);
    if (now - this.wentOn >= STALLED_MS) void this.anew(now);
  }

  /** At first the same device once more, then the system's own. */
  private async anew(now: number): Promise<void> {
    this.comesOut(false);
    context().resume().catch(() => undefined);
    const device = this.element.sinkId;
    this.element.pause();
    this.element.srcObject = null;
    const element = (this.element = new Audio());
    this.moving = false;
    this.wentOn = now;
    this.stalls += 1;
    if (this.stalls % 2 === 0) this.notBefore = this.roundUntil = now + ROUND_MS;
    else await this.use(device);
    if (element === this.element) this.begin();
  }
}
