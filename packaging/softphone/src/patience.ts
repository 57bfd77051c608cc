// A sound system that stands still lets an engine wait for good: nothing here waits for it as long.

const PATIENCE_MS = 5000;

/** What the work gives; rejects with a TimeoutError where it takes longer. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('too slow', 'TimeoutError')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
