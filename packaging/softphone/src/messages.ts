// What the engine and this page say to each other; models/softphone holds the same words in Python.

export type Use = 'microphone' | 'headset' | 'loudspeaker';
export type Output = 'headset' | 'loudspeaker';

/** Device names as the system shows them; "" is the system's own choice. */
export type Choice = Record<Use, string>;

/** The ids by which the exchange knows a conversation. */
export interface Dialog {
  call: string;
  local: string;
  remote: string;
  /** What the telephone speaks in it (see `spoken`). */
  codec?: string;
}

export interface Account {
  order: 'be';
  address: string;
  seat: string;
  password: string;
}

export type Order =
  | Account
  | { order: 'choose'; devices: Choice }
  | { order: 'answer' }
  | { order: 'hang_up' }
  | { order: 'press'; key: string }
  | { order: 'ring'; on: boolean }
  | { order: 'measure'; on: boolean }
  | { order: 'test'; output: Output; on: boolean }
  | { order: 'resume'; dialog: Dialog }
  | { order: 'leave' };

export type Trouble =
  | 'no_microphone'
  | 'microphone_refused'
  | 'microphone_busy'
  | 'microphone_gone'
  | 'headset_gone'
  | 'loudspeaker_gone'
  | 'headset_silent'
  | 'loudspeaker_silent'
  | 'unreachable'
  | 'refused'
  | 'voice_failed';

export type News =
  | { news: 'line'; registered: boolean }
  | { news: 'call'; state: 'none' | 'ringing' | 'talking'; dialog: Dialog | null }
  | { news: 'devices'; microphones: string[]; outputs: string[] }
  | { news: 'rings'; heard: boolean }
  | { news: 'trouble'; code: Trouble; stands: boolean }
  | { news: 'levels'; microphone: number; headset: number; loudspeaker: number }
  | { news: 'left' };

export type Tell = (news: News) => void;

/** Tells each trouble once when it begins and once when it is over. */
export class Troubles {
  private readonly standing = new Set<Trouble>();

  constructor(private readonly tell: Tell) {}

  set(code: Trouble, stands: boolean): void {
    if (this.standing.has(code) === stands) return;
    if (stands) this.standing.add(code);
    else this.standing.delete(code);
    this.tell({ news: 'trouble', code, stands });
  }
}
