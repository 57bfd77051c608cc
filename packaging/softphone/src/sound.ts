// What is heard besides voices: the ring and the test tones; and how loud anything is.

let shared: AudioContext | null = null;

/** It opens no device by itself: every sound goes out through an element that has one. */
export function context(): AudioContext {
  shared ??= new AudioContext({ sinkId: { type: 'none' } } as AudioContextOptions);
  return shared;
}

const QUIETEST = -60;

/** The level of a stream from 0 (-60 dB of full scale and less) to 100 (full scale). */
export class Meter {
  private source: MediaStreamAudioSourceNode | null = null;
  private analyser: AnalyserNode | null = null;
  private samples = new Float32Array(0);

  attach(stream: MediaStream): void {
    this.detach();
    this.analyser = context().createAnalyser();
    this.analyser.fftSize = 2048;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.source = context().createMediaStreamSource(stream);
    this.source.connect(this.analyser);
  }

  detach(): void {
    this.source?.disconnect();
    this.source = null;
    this.analyser = null;
  }

  level(): number {
    if (!this.analyser) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / this.samples.length + 1e-12);
    return Math.round(Math.min(100, Math.max(0, (1 - decibels / QUIETEST) * 100)));
  }
}

/** A sound made here, as a stream that a speaker can play. */
abstract class Sound {
  protected readonly out = context().createMediaStreamDestination();

  get stream(): MediaStream {
    return this.out.stream;
  }

  abstract start(): void;
  abstract stop(): void;
}

const TEST_TONE_HZ = 523;
const AGAIN_MS = 3000;

/** An even tone, not too loud for an ear that does not expect it. */
export class TestTone extends Sound {
  private tone: OscillatorNode | null = null;

  start(): void {
    this.stop();
    const soft = context().createGain();
    soft.gain.value = 0.2;
    this.tone = context().createOscillator();
    this.tone.frequency.value = TEST_TONE_HZ;
    this.tone.connect(soft).connect(this.out);
    this.tone.start();
  }

  stop(): void {
    this.tone?.stop();
    this.tone = null;
  }
}

/** The ring of the console, again and again. */
export class Ring extends Sound {
  private sound: AudioBuffer | null = null;
  private again: ReturnType<typeof setInterval> | null = null;
  private playing: AudioBufferSourceNode | null = null;

  async load(): Promise<void> {
    const answer = await fetch('ring.wav');
    this.sound = await context().decodeAudioData(await answer.arrayBuffer());
  }

  start(): void {
    if (this.again !== null) return;
    this.once();
    this.again = setInterval(() => this.once(), AGAIN_MS);
  }

  stop(): void {
    if (this.again !== null) clearInterval(this.again);
    this.again = null;
    this.playing?.stop();
    this.playing = null;
  }

  private once(): void {
    this.playing = context().createBufferSource();
    this.playing.buffer = this.sound;
    this.playing.connect(this.out);
    this.playing.start();
  }
}
