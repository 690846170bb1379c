package dev.barevirt.launcher.cli.live;

import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.launcher.os.UnixSocket;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Starts the resident launcher of a machine as a process of its own session, with its listening
 * socket already there: whoever dials before it is up simply waits in the backlog.
 */
public final class ResidentStarter {
  private static final String MAIN = "dev.barevirt.launcher.LauncherMain";
  private static final int LISTEN_FD = 3;
  private static final List<String> PASSED_ON =
      List.of("PATH", "HOME", "LANG", "TMPDIR", "XDG_RUNTIME_DIR");

  private final Children children;
  private final Map<String, String> environment;
  private final List<String> java;

  /**
   * @param children starts processes
   * @param environment the variables of this process
   * @param java the command that runs a class of ours, up to the class's name
   */
  public ResidentStarter(Children children, Map<String, String> environment, List<String> java) {
    this.children = children;
    this.environment = Map.copyOf(environment);
    this.java = List.copyOf(java);
  }

  /** Starts it for a new run, or to take up the QEMU of a launcher that has died. */
  public RunningProcess start(MachineDirectory machine, boolean adopt) {
    Path socket = machine.launcherSocket();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replace " + socket, e);
    }
    List<String> command = new ArrayList<>(java);
    command.add(MAIN);
    command.addAll(List.of("--state", machine.state().toString()));
    command.addAll(List.of("--runtime", machine.runtime().toString()));
    command.addAll(List.of("--listen-fd", Integer.toString(LISTEN_FD)));
    if (adopt) {
      command.add("--adopt");
    }
    Set<OpenFlag> appending = Set.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.APPEND);
    try (OwnedFd listener = UnixSocket.listen(socket);
        OwnedFd log = OpenFile.open(machine.launcherLog(), appending)) {
      return children.start(
          SpawnRequest.of(command)
              .withEnvironment(passedOn())
              .in(machine.state())
              .passing(1, log)
              .passing(2, log)
              .passing(LISTEN_FD, listener)
              .inGroup(SpawnRequest.Group.OWN_SESSION));
    }
  }

  private Map<String, String> passedOn() {
    Map<String, String> variables = new HashMap<>();
    PASSED_ON.forEach(
        name -> {
          String value = environment.get(name);
          if (value != null) {
            variables.put(name, value);
          }
        });
    variables.put("MALLOC_ARENA_MAX", "1");
    return variables;
  }
}
