package dev.barevirt.launcher.credential;

import java.util.List;
import java.util.SortedMap;

/**
 * What the guest's agent is to put into the guest.
 *
 * @param keys the SSH keys with which each user may log in, and no others
 * @param passwords each user's password
 */
public record AgentAccounts(
    SortedMap<String, List<String>> keys, SortedMap<String, String> passwords) {

  @Override
  public String toString() {
    return "AgentAccounts[keys of " + keys.keySet() + ", passwords of " + passwords.keySet() + "]";
  }
}
