package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import java.util.List;

/**
 * Gives QEMU an open file under a name that only this monitor knows.
 *
 * @param fdname the name
 * @param file the file, which is taken
 */
public record GetFd(String fdname, OwnedFd file) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "getfd";
  }

  @Override
  public Json arguments() {
    return Json.object().with("fdname", fdname).build();
  }

  @Override
  public List<OwnedFd> descriptors() {
    return List.of(file);
  }
}
