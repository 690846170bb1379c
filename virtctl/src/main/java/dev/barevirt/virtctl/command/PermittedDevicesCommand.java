package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.util.List;
import java.util.stream.Stream;

/** {@code permitted-devices}. */
public final class PermittedDevicesCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
        "permitted-devices", "", 0, "List the host devices that virtual machines may have");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    List<Fields> installations = session.api().get(ApiPath.KUBEVIRTS).list("items");
    if (installations.isEmpty()) {
      throw new CommandFailure("there is no KubeVirt object on this cluster");
    }
    Fields permitted =
        installations.getFirst().at("spec").at("configuration").at("permittedHostDevices");
    session.out().line("Permitted Devices:");
    print(
        session,
        "GPU Devices:",
        Stream.concat(named(permitted, "pciHostDevices"), named(permitted, "mediatedDevices")));
    print(session, "Host Devices:", named(permitted, "usb"));
    return DONE;
  }

  private static Stream<String> named(Fields permitted, String list) {
    return permitted.list(list).stream().map(each -> each.text("resourceName"));
  }

  private static void print(Session session, String title, Stream<String> names) {
    session.out().line(title);
    names.sorted().forEach(name -> session.out().line("  " + name));
  }
}
