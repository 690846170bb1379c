package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Sound;
import dev.barevirt.launcher.machine.Backend.Audiodev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Slot;
import java.util.Set;

/** A sound card whose sound nobody hears: guests want one to be there. */
final class SoundMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.sound";
  private static final String CARD = "sound0";
  private static final String AUDIO = "audio0";

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices.sound", "name", "model");
  }

  @Override
  public Fragment map(MachineInput in) {
    Sound sound = in.devices().sound();
    if (sound == null) {
      return Fragment.empty();
    }
    if (in.kind() == MachineKind.MICROVM) {
      return Fragment.of(Refusal.unsupported(PATH, "a microvm has no sound card"));
    }
    String model = sound.model() == null || sound.model().isEmpty() ? "ich9" : sound.model();
    Audiodev silent = new Audiodev(Properties.of("driver", "none").with("id", AUDIO));
    return switch (model) {
      case "ich9" ->
          Fragment.of(
              silent,
              new Frontend("ich9-intel-hda", CARD, new Slot.RootBus(false), Properties.none()),
              Frontend.on(
                  CARD + ".0", "hda-duplex", CARD + "-codec", Properties.of("audiodev", AUDIO)));
      case "ac97" ->
          Fragment.of(
              silent,
              new Frontend(
                  "AC97", CARD, new Slot.RootBus(false), Properties.of("audiodev", AUDIO)));
      default ->
          Fragment.of(
              Refusal.unsupported(PATH + ".model", "a sound card is ich9 or ac97, not " + model));
    };
  }
}
