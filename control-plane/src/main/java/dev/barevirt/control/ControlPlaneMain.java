package dev.barevirt.control;

/** Runs one role of the control plane: {@code api} or {@code controller}. */
public final class ControlPlaneMain {
  private ControlPlaneMain() {}

  /**
   * Runs the role that the only argument names.
   *
   * @param arguments {@code api} or {@code controller}
   */
  public static void main(String[] arguments) {
    System.err.println("usage: control-plane api|controller");
    System.exit(2);
  }
}
