package dev.barevirt.launcher.credential;

import dev.barevirt.api.v1.source.AccessCredential;
import dev.barevirt.api.v1.source.AccessCredential.SshPropagation;
import dev.barevirt.api.v1.source.AccessCredential.SshPublicKey;
import dev.barevirt.launcher.disk.GuestIdentity.BootKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The access credentials of an instance. A secret of public keys holds one or more of them in each
 * value; a secret of passwords holds each user's under the user's name.
 */
public final class AccessCredentials {
  private final List<AccessCredential> all;

  /** The credentials as the instance names them. */
  public AccessCredentials(List<AccessCredential> all) {
    this.all = List.copyOf(all);
  }

  /** Whether the guest's agent has a part in them. */
  public boolean needAgent() {
    return all.stream()
        .anyMatch(
            one ->
                one.userPassword() != null
                    || (one.sshPublicKey() != null && !users(one.sshPublicKey()).isEmpty()));
  }

  /** The keys that travel in a seed. */
  public BootKeys bootKeys(SecretFiles secrets) {
    return new BootKeys(
        keysThat(way -> way.noCloud() != null, secrets),
        keysThat(way -> way.configDrive() != null, secrets));
  }

  /** What the guest's agent is to put into the guest. */
  public AgentAccounts agentAccounts(SecretFiles secrets) {
    SortedMap<String, List<String>> keys = new TreeMap<>();
    SortedMap<String, String> passwords = new TreeMap<>();
    for (AccessCredential credential : all) {
      if (credential.sshPublicKey() != null) {
        SshPublicKey source = credential.sshPublicKey();
        List<String> users = users(source);
        List<String> held = users.isEmpty() ? List.of() : keys(source, secrets);
        users.forEach(user -> keys.computeIfAbsent(user, _ -> new ArrayList<>()).addAll(held));
      }
      if (credential.userPassword() != null) {
        secret(credential.userPassword().source(), secrets)
            .forEach((user, password) -> passwords.put(user, text(password).strip()));
      }
    }
    return new AgentAccounts(keys, passwords);
  }

  private List<String> keysThat(Predicate<SshPropagation> travel, SecretFiles secrets) {
    return all.stream()
        .map(AccessCredential::sshPublicKey)
        .filter(Objects::nonNull)
        .filter(key -> key.propagationMethod() != null && travel.test(key.propagationMethod()))
        .flatMap(key -> keys(key, secrets).stream())
        .toList();
  }

  private static List<String> users(SshPublicKey key) {
    SshPropagation way = key.propagationMethod();
    return way == null || way.qemuGuestAgent() == null ? List.of() : way.qemuGuestAgent().users();
  }

  private static List<String> keys(SshPublicKey key, SecretFiles secrets) {
    return secret(key.source(), secrets).values().stream()
        .flatMap(value -> text(value).lines())
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static SortedMap<String, byte[]> secret(
      AccessCredential.@Nullable Source source, SecretFiles secrets) {
    return source == null || source.secret() == null
        ? new TreeMap<>()
        : secrets.of(source.secret().secretName());
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
