package dev.barevirt.control;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs roles of the control plane: {@code api}, {@code controller}, or both in one process. */
public final class ControlPlaneMain {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneMain.class);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private ControlPlaneMain() {}

  /**
   * Runs the roles that the arguments name.
   *
   * @param arguments {@code api} or {@code controller}, or both
   */
  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      // Threads that are there already would keep a process that does nothing.
      LOG.atError().setCause(e).log("the control plane could not start");
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void run(String[] arguments) throws IOException, InterruptedException {
    List<String> roles = List.of(arguments);
    if (roles.isEmpty() || !List.of("api", "controller").containsAll(roles)) {
      System.err.println("usage: control-plane api|controller...");
      System.exit(USAGE);
    }
    for (String role : roles) {
      if (role.equals("api")) {
        ApiMain.run();
      } else {
        ControllerMain.run();
      }
    }
  }
}
