package dev.barevirt.control.admission;

import java.util.Set;

/** The accounts of this installation's own processes. */
final class ServiceAccounts {
  private final Set<String> own;

  /** The accounts in the namespace the control plane lives in. */
  ServiceAccounts(String namespace) {
    String prefix = "system:serviceaccount:" + namespace + ":kubevirt-";
    this.own =
        Set.of(
            prefix + "apiserver", prefix + "controller", prefix + "handler", prefix + "operator");
  }

  boolean contains(String user) {
    return own.contains(user);
  }
}
