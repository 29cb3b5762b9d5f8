// Whether a class can be reached: a poll that is lost is made again and nobody need hear of it, but
// a page must not say that it follows while nobody answers.

const LOST_AFTER = 3; // polls on end

export const LOST = "No answer from the class: trying again";

// Told of each poll whether it was lost; runs `changed` when what the page says has to be other.
export class Reach {
  private count = 0;

  constructor(private readonly changed: () => void) {}

  get isLost(): boolean {
    return this.count >= LOST_AFTER;
  }

  tell(lost: boolean): void {
    const before = this.isLost;
    this.count = lost ? this.count + 1 : 0;
    if (this.isLost !== before) {
      this.changed();
    }
  }
}
