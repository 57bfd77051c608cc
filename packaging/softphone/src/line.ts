// The seat's telephone at the exchange: registered, at most one conversation, picks up when the exchange asks for it.

import * as JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import { spoken, without } from './codec';
import type { Account, Dialog, Tell, Troubles } from './messages';
import type { Microphone } from './microphone';

const EXPIRES_SECONDS = 60;
const AGAIN_MS = 5000;
/** A wrong password does not get better: asked often, the exchange may shut the door. */
const AGAIN_REFUSED_MS = 60000;
const BUSY_HERE = 486;

interface WithDialog {
  _dialog: { id: { call_id: string; local_tag: string; remote_tag: string } } | null;
}

export class Line {
  private ua: JsSIP.UA | null = null;
  private account: Account | null = null;
  private session: RTCSession | null = null;
  private lost: Dialog | null = null;
  private packets = 0;
  private again: ReturnType<typeof setTimeout> | null = null;
  /** The caller's voice has arrived, or (null) is over. */
  voice: (stream: MediaStream | null) => void = () => undefined;
  rings: (on: boolean) => void = () => undefined;

  constructor(
    private readonly tell: Tell,
    private readonly troubles: Troubles,
    private readonly microphone: Microphone,
  ) {
    microphone.changed = (track) => void this.sender()?.replaceTrack(track);
  }

  be(account: Account): void {
    const same = this.account && JSON.stringify(this.account) === JSON.stringify(account);
    if (same) return;
    this.account = account;
    this.begin();
  }

  answer(): void {
    const session = this.session;
    if (!session?.isInProgress()) return;
    this.rings(false);
    void this.microphone.open('call').then((track) => {
      if (!session.isInProgress()) {
        this.microphone.close('call');
        return;
      }
      session.answer({ mediaStream: new MediaStream([track]), pcConfig: { iceServers: [] } });
    });
  }

  hangUp(): void {
    if (this.session && !this.session.isEnded()) this.session.terminate();
  }

  press(key: string): void {
    if (!this.session?.isEstablished()) return;
    this.session.sendDTMF(key, { transportType: JsSIP.C.DTMF_TRANSPORT.RFC2833 });
  }

  /** Come back into a conversation that this page's predecessor had. */
  resume(dialog: Dialog): void {
    this.lost = dialog;
    if (this.ua?.isRegistered()) this.comeBack();
  }

  async leave(): Promise<void> {
    const talks = this.session !== null;
    this.hangUp();
    this.stopAsking();
    const ua = this.ua;
    if (!ua) return;
    ua.removeAllListeners();
    await new Promise<void>((done) => {
      ua.on('disconnected', () => done());
      // JsSIP stays connected for two seconds more, for answers; a call's end may need them.
      if (!talks) ua.on('unregistered', () => done());
      ua.stop();
      if (!ua.isConnected()) done();
    });
  }

  /** Packets of the caller's voice, as counted when this was asked last. */
  received(): number {
    const receiver = this.session?.connection?.getReceivers().find((one) => one.track.kind === 'audio');
    const count = (one: { type: string; packetsReceived?: number }) => {
      if (one.type === 'inbound-rtp') this.packets = one.packetsReceived ?? 0;
    };
    receiver?.getStats().then((told) => told.forEach(count)).catch(() => undefined);
    return this.packets;
  }

  private begin(): void {
    this.stopAsking();
    const account = this.account as Account;
    if (this.ua) {
      this.ua.removeAllListeners();
      this.ua.stop();
    }
    const host = new URL(account.address).hostname;
    const ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.address)],
      uri: `sip:${account.seat}@${host}`,
      authorization_user: account.seat,
      password: account.password,
      register_expires: EXPIRES_SECONDS,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 5,
      user_agent: 'xinqiao',
    });
    this.ua = ua;
    // An exchange that is just starting takes the connection before it can answer; JsSIP waits 32 seconds for it.
    ua.on('connected', () => this.askAgain(AGAIN_MS));
    ua.on('registered', () => this.registered());
    ua.on('unregistered', () => this.tell({ news: 'line', registered: false }));
    ua.on('registrationFailed', ({ response }) => this.failed(response?.status_code ?? 0));
    ua.on('disconnected', () => this.unreachable());
    ua.on('newRTCSession', (event: RTCSessionEvent) => {
      if (event.originator !== 'remote') return;
      const header = event.request.getHeader('Call-Info') as string | undefined;
      this.offered(event.session, /answer-after=0/.test(header ?? ''));
    });
    ua.start();
  }

  private registered(): void {
    this.stopAsking();
    this.troubles.set('unreachable', false);
    this.troubles.set('refused', false);
    this.tell({ news: 'line', registered: true });
    this.comeBack();
  }

  private failed(status: number): void {
    const refused = status === 401 || status === 403 || status === 404;
    this.troubles.set('refused', refused);
    this.troubles.set('unreachable', !refused);
    this.tell({ news: 'line', registered: false });
    this.askAgain(refused ? AGAIN_REFUSED_MS : AGAIN_MS);
  }

  private unreachable(): void {
    this.troubles.set('unreachable', true);
    this.tell({ news: 'line', registered: false });
  }

  private askAgain(milliseconds: number): void {
    this.stopAsking();
    this.again = setTimeout(() => {
      // A connection that is up and answers nothing is taken for dead, unless a voice depends on it.
      if (this.session) this.ua?.register();
      else this.begin();
    }, milliseconds);
  }

  private stopAsking(): void {
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
  }

  private offered(session: RTCSession, automatic: boolean): void {
    if (this.session) {
      session.terminate({ status_code: BUSY_HERE });
      return;
    }
    this.follow(session);
    if (automatic) {
      this.answer();
    } else {
      this.tell({ news: 'call', state: 'ringing', dialog: null });
      this.rings(true);
    }
  }

  private follow(session: RTCSession): void {
    this.session = session;
    this.packets = 0;
    session.on('peerconnection', ({ peerconnection }) => this.hear(peerconnection));
    session.on('confirmed', () => {
      this.tell({ news: 'call', state: 'talking', dialog: dialogOf(session) });
    });
    session.on('ended', () => this.over());
    session.on('failed', () => this.over());
  }

  private hear(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, streams }) => {
      this.voice(streams[0] ?? new MediaStream([track]));
    });
    connection.addEventListener('connectionstatechange', () => {
      this.troubles.set('voice_failed', connection.connectionState === 'failed');
    });
  }

  private over(): void {
    this.session = null;
    this.rings(false);
    this.voice(null);
    this.troubles.set('voice_failed', false);
    this.microphone.close('call');
    this.tell({ news: 'call', state: 'none', dialog: null });
  }

  private comeBack(): void {
    const lost = this.lost;
    this.lost = null;
    if (!lost || !this.ua || this.session || !this.account) return;
    const replaces = `Replaces: ${lost.call};to-tag=${lost.remote};from-tag=${lost.local}`;
    const ua = this.ua;
    const seat = this.account.seat;
    void this.microphone.open('call').then((track) => {
      const session = ua.call(seat, {
        mediaStream: new MediaStream([track]),
        pcConfig: { iceServers: [] },
        extraHeaders: [replaces],
      });
      // The exchange goes on with the translator of the voice before, which drops packets with lower numbers than the last
      // one had as late; another codec has a translator of its own. With the same one nobody hears the operator for minutes.
      session.on('sdp', (said) => {
        if (said.originator === 'local' && lost.codec) said.sdp = without(lost.codec, said.sdp);
      });
      this.follow(session);
      if (session.connection) this.hear(session.connection);
    });
  }

  private sender(): RTCRtpSender | undefined {
    return this.session?.connection?.getSenders().find((one) => one.track?.kind === 'audio');
  }
}

function dialogOf(session: RTCSession): Dialog | null {
  const id = (session as unknown as WithDialog)._dialog?.id;
  if (!id) return null;
  const codec = spoken(session.connection ?? undefined);
  return { call: id.call_id, local: id.local_tag, remote: id.remote_tag, codec };
}
