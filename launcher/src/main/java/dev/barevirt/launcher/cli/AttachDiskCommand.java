package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.DeviceChange;
import dev.barevirt.launcher.cli.live.DeviceChange.Effect;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.spec.PluggedDevices;
import dev.barevirt.launcher.cli.spec.SpecDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "disk",
    description = {
      "Plugs a file or block device of this host into a machine as a disk, while it runs and for"
          + " its later starts, and prints the disk's name.",
      "A machine that does not run has it from its next start on."
    },
    footer = {
      "  launcher attach disk web ./data.qcow2",
      "  launcher attach disk web /dev/vg0/data,name=data,serial=DATA1,cache=none",
      "  launcher attach disk web ./tools.iso,bus=scsi,cdrom"
    })
final class AttachDiskCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "SRC[,OPT]...",
      description = {
        "The file or block device; a comma in its path is written twice",
        "Options: bus=virtio|scsi|usb, ro, cdrom, cache=none|writethrough|writeback, serial=TEXT,"
            + " name=NAME"
      })
  String source = "";

  AttachDiskCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    String[] disk = {""};
    Effect effect;
    try (Progress _ = session.progress("plugging a disk into '" + name + "'")) {
      effect =
          new DeviceChange(session.machines(), name)
              .attach(document -> disk[0] = plug(document), session.timeout(Waits.START));
    }
    session.out().line(disk[0]);
    if (effect == Effect.NEXT_START) {
      session.out().note("'" + name + "' does not run; it has the disk from its next start on");
    }
    return DONE;
  }

  private String plug(SpecDocument document) {
    return new PluggedDevices(document).addDisk(source, session.files());
  }
}
