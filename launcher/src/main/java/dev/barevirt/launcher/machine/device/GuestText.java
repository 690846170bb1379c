package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.OptionText;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Optional;

/** Text of a user that goes to the guest through QEMU's command line. */
final class GuestText {
  private GuestText() {}

  /** Why the text cannot go there, if it cannot: QEMU's options carry no control characters. */
  static Optional<Refusal> check(String text, String path) {
    return OptionText.carries(text)
        ? Optional.empty()
        : Optional.of(
            Refusal.invalid(path, "newlines and control characters are not possible here"));
  }
}
