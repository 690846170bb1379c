package dev.barevirt.launcher.machine;

/**
 * Where one guest's files are on this host.
 *
 * @param runtime the directory of its sockets; short, because a socket's path has at most 107 bytes
 * @param state the directory of what outlives a run: overlays, firmware variables, TPM state, logs
 */
public record MachinePaths(String runtime, String state) {
  /** The monitor that carries commands and events. */
  public String monitor() {
    return runtime + "/monitor.sock";
  }

  /** The second monitor, which answers when the first does not. */
  public String rescue() {
    return runtime + "/rescue.sock";
  }

  /** The serial console. */
  public String serial() {
    return runtime + "/serial.sock";
  }

  /** The copy of all that the serial console ever said. */
  public String serialLog() {
    return state + "/serial.log";
  }

  /** The guest agent's channel. */
  public String agent() {
    return runtime + "/agent.sock";
  }

  /** The channel on which the guest asks for the host's metrics. */
  public String metrics() {
    return runtime + "/metrics.sock";
  }

  /** The display. */
  public String vnc() {
    return runtime + "/vnc.sock";
  }

  /** A channel for a USB device of a client, 0 to 3. */
  public String usbRedirection(int index) {
    return runtime + "/usbredir-" + index + ".sock";
  }

  /** The socket of a program beside QEMU. */
  public String sidecar(String name) {
    return runtime + "/" + name + ".sock";
  }

  /** The guest's firmware variables. */
  public String firmwareVars() {
    return state + "/efi-vars.fd";
  }

  /** The software TPM's state. */
  public String tpmState() {
    return state + "/tpm";
  }
}
