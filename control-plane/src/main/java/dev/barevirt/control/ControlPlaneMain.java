package dev.barevirt.control;

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
  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).equals(List.of("api"))) {
      ApiMain.run();
    } else {
      System.err.println("usage: control-plane api|controller");
      System.exit(USAGE);
    }
  }
}
