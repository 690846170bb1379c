package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key or password put into the guest: one of the two. */
public record AccessCredential(
    @Doc("Public keys that may log in.") @Nullable SshPublicKey sshPublicKey,
    @Doc("Passwords of users.") @Nullable UserPassword userPassword) {
  /** Public keys that may log in. */
  public record SshPublicKey(
      @Doc("Where they are.") @Required @Nullable Source source,
      @Doc("How they come into the guest.") @Required @Nullable SshPropagation propagationMethod) {}

  /** Passwords of users. */
  public record UserPassword(
      @Doc("Where they are.") @Required @Nullable Source source,
      @Doc("How they come into the guest.") @Required
          @Nullable PasswordPropagation propagationMethod) {}

  /** Where credentials are. */
  public record Source(@Doc("A secret.") @Nullable SecretSource secret) {}

  /** A secret with credentials. */
  public record SecretSource(@Doc("The secret.") @Required String secretName) {
    public SecretSource {
      secretName = Frozen.orElse(secretName, "");
    }
  }

  /** How keys come into the guest: one of the ways. */
  public record SshPropagation(
      @Doc("In the OpenStack way of first-boot configuration.") @Nullable ConfigDrive configDrive,
      @Doc("In the plain way of first-boot configuration.") @Nullable NoCloud noCloud,
      @Doc("Written by the guest's agent.") @Nullable SshThroughAgent qemuGuestAgent) {}

  /** Nothing to choose. */
  public record ConfigDrive() {
    /** Nothing said. */
    public static final ConfigDrive EMPTY = new ConfigDrive();
  }

  /** Nothing to choose. */
  public record NoCloud() {
    /** Nothing said. */
    public static final NoCloud EMPTY = new NoCloud();
  }

  /** Keys written by the guest's agent. */
  public record SshThroughAgent(@Doc("Whose keys they are.") @Required List<String> users) {
    public SshThroughAgent {
      users = Frozen.list(users);
    }
  }

  /** How passwords come into the guest. */
  public record PasswordPropagation(
      @Doc("Set by the guest's agent.") @Nullable PasswordThroughAgent qemuGuestAgent) {}

  /** Nothing to choose. */
  public record PasswordThroughAgent() {
    /** Nothing said. */
    public static final PasswordThroughAgent EMPTY = new PasswordThroughAgent();
  }
}
