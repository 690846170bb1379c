package dev.barevirt.control;

import java.io.IOException;
import java.util.List;

/** Runs one role of the control plane: {@code api} or {@code controller}. */
public final class ControlPlaneMain {
  private static final int USAGE = 2;

  private ControlPlaneMain() {}

  /**
   * Runs the role that the only argument names.
   *
   * @param arguments {@code api} or {@code controller}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    switch (List.of(arguments)) {
      case List<String> role when role.equals(List.of("api")) -> ApiMain.run();
      case List<String> role when role.equals(List.of("controller")) -> ControllerMain.run();
      default -> {
        System.err.println("usage: control-plane api|controller");
        System.exit(USAGE);
      }
    }
  }
}
