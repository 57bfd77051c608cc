// The seat's telephone as a page without a window: orders in, news out, through Qt's web channel.

import { Devices } from './devices';
import { Line } from './line';
import { type News, type Order, type Output, Troubles } from './messages';
import { Microphone } from './microphone';
import { inTime } from './patience';
import { context, Ring, TestTone } from './sound';
import { Speaker } from './speaker';

interface Engine {
  tell(news: string): void;
  ordered: { connect(hear: (order: string) => void): void };
}
declare class QWebChannel {
  constructor(transport: unknown, ready: (channel: { objects: { engine: Engine } }) => void);
}
declare const qt: { webChannelTransport: unknown };

const MEASURE_MS = 80;

class Phone {
  private readonly troubles = new Troubles((news) => this.tell(news));
  private readonly devices = new Devices((news) => this.tell(news), this.troubles);
  private readonly microphone = new Microphone(this.devices, this.troubles);
  private readonly line = new Line((news) => this.tell(news), this.troubles, this.microphone);
  private readonly speakers = {
    headset: new Speaker((on) => this.troubles.set('headset_silent', !on), () => this.line.received(), true),
    loudspeaker: new Speaker((on) => this.loud(on), () => context().currentTime, false),
  };
  private readonly tones = { headset: new TestTone(), loudspeaker: new TestTone() };
  private readonly ring = new Ring();
  /** What each output plays besides test tones. */
  private readonly heard: Record<Output, MediaStream | null> = { headset: null, loudspeaker: null };
  private ringHeard = false;
  private measuring: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly engine: Engine) {}

  async start(): Promise<void> {
    this.devices.moved = () => void this.moved();
    this.line.voice = (stream) => this.voice(stream);
    this.line.rings = (on) => this.rings(on);
    this.devices.start();
    await this.ring.load();
    await this.microphone.check();
    // It is looked again soon, and the exchange must know this telephone meanwhile.
    await inTime(this.devices.look()).catch(() => undefined);
  }

  async obey(order: Order): Promise<void> {
    switch (order.order) {
      case 'be': return this.line.be(order);
      case 'choose': return this.devices.choose(order.devices);
      case 'answer': return this.line.answer();
      case 'hang_up': return this.line.hangUp();
      case 'press': return this.line.press(order.key);
      case 'ring': return this.rings(order.on);
      case 'measure': return this.measure(order.on);
      case 'test': return this.test(order.output, order.on);
      case 'resume': return this.line.resume(order.dialog);
      case 'leave':
        await this.line.leave();
        return this.tell({ news: 'left' });
    }
  }

  private tell(news: News): void {
    this.engine.tell(JSON.stringify(news));
  }

  private async moved(): Promise<void> {
    await this.microphone.look();
    for (const output of ['headset', 'loudspeaker'] as const) {
      await this.speakers[output].use(this.devices.id(output));
    }
  }

  private loud(on: boolean): void {
    this.troubles.set('loudspeaker_silent', !on);
    this.heardRing(on && this.heard.loudspeaker !== null);
  }

  /** The console rings by itself where it is not told that this ring comes out. */
  private heardRing(on: boolean): void {
    if (this.ringHeard !== on) this.tell({ news: 'rings', heard: on });
    this.ringHeard = on;
  }

  private voice(stream: MediaStream | null): void {
    this.play('headset', stream);
  }

  private rings(on: boolean): void {
    if (on) this.ring.start();
    else {
      this.ring.stop();
      this.ringHeard = false;
      // Told even where it was quiet before: the console sees by it that somebody obeys.
      this.tell({ news: 'rings', heard: false });
    }
    this.play('loudspeaker', on ? this.ring.stream : null);
  }

  private play(output: Output, stream: MediaStream | null): void {
    this.heard[output] = stream;
    this.tones[output].stop();
    this.sound(output, stream);
  }

  private sound(output: Output, stream: MediaStream | null): void {
    if (stream) this.speakers[output].play(stream);
    else this.speakers[output].stop();
  }

  private test(output: Output, on: boolean): void {
    const tone = this.tones[output];
    if (on) tone.start();
    else tone.stop();
    this.sound(output, on ? tone.stream : this.heard[output]);
  }

  private async measure(on: boolean): Promise<void> {
    if (this.measuring !== null) clearInterval(this.measuring);
    this.measuring = null;
    if (!on) {
      this.microphone.close('measure');
      return;
    }
    this.measuring = setInterval(() => {
      this.tell({
        news: 'levels',
        microphone: this.microphone.meter.level(),
        headset: this.speakers.headset.meter.level(),
        loudspeaker: this.speakers.loudspeaker.meter.level(),
      });
    }, MEASURE_MS);
    await this.microphone.open('measure');
  }
}

new QWebChannel(qt.webChannelTransport, (channel) => {
  const phone = new Phone(channel.objects.engine);
  const ready = phone.start();
  channel.objects.engine.ordered.connect((order) => {
    void ready.then(() => phone.obey(JSON.parse(order) as Order));
  });
  void ready.then(() => channel.objects.engine.tell(JSON.stringify({ news: 'ready' })));
});
