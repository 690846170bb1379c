package dev.barevirt.virtctl.kubeconfig;

/** How to reach the cluster, or as whom, cannot be told from what was given. */
public final class KubeconfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KubeconfigException(String message) {
    super(message);
  }

  KubeconfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
