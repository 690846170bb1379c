package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code credentials add-ssh-key}, {@code remove-ssh-key} and {@code set-password}: changes the
 * secrets that a machine's guest agent takes its credentials from.
 */
public final class CredentialsCommand implements Command {
  private static final Flag USER = Flag.text("user", "", "User in the guest").or('u');
  private static final Flag SECRET =
      Flag.text("secret", "", "Secret to change (default the one the machine has for the user)");
  private static final Flag FORCE =
      Flag.truth("force", "Change the secret even if it does not belong to the machine alone");
  private static final Flag FILE = Flag.text("file", "", "File with the public key").or('f');
  private static final Flag VALUE = Flag.text("value", "", "The public key itself");

  private final Outline outline;
  private final Act act;

  /** What is done. */
  private enum Act {
    ADD_KEY,
    REMOVE_KEY,
    SET_PASSWORD
  }

  private CredentialsCommand(Outline outline, Act act) {
    this.outline = outline;
    this.act = act;
  }

  /** Lets a key log in. */
  public static CredentialsCommand addKey() {
    return new CredentialsCommand(
        Outline.of(
                "credentials add-ssh-key",
                "VM",
                1,
                "Let an SSH key log in to a virtual machine",
                USER,
                SECRET,
                FILE,
                VALUE,
                Flag.truth(
                    "create-secret",
                    "Create a secret for the key; the machine takes it at its next start"),
                Flag.truth("update-secret", "Change the named secret"),
                FORCE)
            .showing("credentials add-ssh-key my-vm --user debian --file ~/.ssh/id_ed25519.pub"),
        Act.ADD_KEY);
  }

  /** Lets it do so no more. */
  public static CredentialsCommand removeKey() {
    return new CredentialsCommand(
        Outline.of(
                "credentials remove-ssh-key",
                "VM",
                1,
                "Let an SSH key no longer log in to a virtual machine",
                USER,
                SECRET,
                FILE,
                VALUE,
                FORCE)
            .showing("credentials remove-ssh-key my-vm --user debian --file ~/.ssh/id_ed25519.pub"),
        Act.REMOVE_KEY);
  }

  /** Sets a password. */
  public static CredentialsCommand setPassword() {
    return new CredentialsCommand(
        Outline.of(
                "credentials set-password",
                "VM",
                1,
                "Set the password of a user of a virtual machine",
                USER,
                Flag.text("password", "", "The password").or('p'),
                SECRET,
                FORCE)
            .showing("credentials set-password my-vm --user debian --password secret"),
        Act.SET_PASSWORD);
  }

  @Override
  public Outline outline() {
    return outline;
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    arguments.require("user");
    String name = arguments.positional().getFirst();
    String machinePath = ApiPath.object(Kind.MACHINE, session.namespace(), name);
    switch (act) {
      case SET_PASSWORD -> {
        arguments.require("password");
        Fields machine = session.api().get(machinePath);
        String secret = secret(session, arguments, machine, "userPassword");
        patch(session, secret, Map.of(arguments.text("user"), encoded(arguments.text("password"))));
      }
      case ADD_KEY -> {
        String key = key(session, arguments);
        Fields machine = session.api().get(machinePath);
        if (arguments.truth("create-secret")) {
          create(session, arguments, machine, key);
        } else {
          String secret = secret(session, arguments, machine, "sshPublicKey");
          patch(session, secret, Map.of(entry(key), encoded(key)));
        }
      }
      case REMOVE_KEY -> {
        String key = key(session, arguments);
        Fields machine = session.api().get(machinePath);
        remove(session, secret(session, arguments, machine, "sshPublicKey"), key);
      }
    }
    return DONE;
  }

  private static String key(Session session, Arguments arguments) {
    arguments.exclude("file", "value");
    if (arguments.has("value")) {
      return arguments.text("value").strip();
    }
    if (!arguments.has("file")) {
      throw new UsageException("at least one of the flags in the group [file value] is required");
    }
    String file = arguments.text("file");
    try {
      return Files.readString(session.world().directory().resolve(file)).strip();
    } catch (IOException e) {
      throw new CommandFailure("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The secret to change: the one that is named, or the one the machine has for the user. */
  private static String secret(Session session, Arguments arguments, Fields machine, String kind)
      throws InterruptedException {
    String machineName = machine.at("metadata").text("name");
    List<String> used = new ArrayList<>();
    for (Fields each : spec(machine).list("accessCredentials")) {
      Fields credential = each.at(kind);
      Fields agent = credential.at("propagationMethod").at("qemuGuestAgent");
      boolean forUser =
          kind.equals("userPassword") || agent.texts("users").contains(arguments.text("user"));
      String name = credential.at("source").at("secret").text("secretName");
      if (forUser && !name.isEmpty()) {
        used.add(name);
      }
    }
    String asked = arguments.text("secret");
    if (!asked.isEmpty() && !used.contains(asked)) {
      throw new CommandFailure(
          "secret %s is no source of %s for user %s of machine %s"
              .formatted(asked, kind, arguments.text("user"), machineName));
    }
    if (used.isEmpty()) {
      throw new CommandFailure(
          "machine %s has no %s credential that the guest agent sets for user %s; add one to its spec"
              .formatted(machineName, kind, arguments.text("user")));
    }
    String secret = asked.isEmpty() ? used.getFirst() : asked;
    if (!arguments.truth("force") && !owned(session, secret, machine)) {
      throw new CommandFailure(
          "secret %s does not belong to machine %s alone; --force changes it anyway"
              .formatted(secret, machineName));
    }
    return secret;
  }

  private static boolean owned(Session session, String secret, Fields machine)
      throws InterruptedException {
    String uid = machine.at("metadata").text("uid");
    Fields found = session.api().get(ApiPath.core(session.namespace(), "secrets", secret));
    return found.at("metadata").list("ownerReferences").stream()
        .anyMatch(owner -> owner.text("uid").equals(uid));
  }

  private static void create(Session session, Arguments arguments, Fields machine, String key)
      throws InterruptedException {
    String machineName = machine.at("metadata").text("name");
    String asked = arguments.text("secret");
    Map<String, Object> owner = new LinkedHashMap<>();
    owner.put("apiVersion", "kubevirt.io/v1");
    owner.put("kind", "VirtualMachine");
    owner.put("name", machineName);
    owner.put("uid", machine.at("metadata").text("uid"));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(
        asked.isEmpty() ? "generateName" : "name",
        asked.isEmpty() ? machineName + "-ssh-key-" : asked);
    metadata.put("ownerReferences", List.of(owner));
    Map<String, Object> secret = new LinkedHashMap<>();
    secret.put("apiVersion", "v1");
    secret.put("kind", "Secret");
    secret.put("metadata", metadata);
    secret.put("data", Map.of(entry(key), encoded(key)));
    Fields created = session.api().create(ApiPath.core(session.namespace(), "secrets"), secret);
    List<Object> credentials = new ArrayList<>();
    spec(machine).list("accessCredentials").forEach(each -> credentials.add(each.plain()));
    credentials.add(
        Map.of(
            "sshPublicKey",
            Map.of(
                "source",
                Map.of("secret", Map.of("secretName", created.at("metadata").text("name"))),
                "propagationMethod",
                Map.of("qemuGuestAgent", Map.of("users", List.of(arguments.text("user")))))));
    // The version makes it fail rather than lose a credential that somebody adds meanwhile.
    session
        .api()
        .merge(
            ApiPath.object(Kind.MACHINE, session.namespace(), machineName),
            Map.of(
                "metadata",
                Map.of("resourceVersion", machine.at("metadata").text("resourceVersion")),
                "spec",
                Map.of("template", Map.of("spec", Map.of("accessCredentials", credentials)))));
  }

  private static void remove(Session session, String secret, String key)
      throws InterruptedException {
    Fields found = session.api().get(ApiPath.core(session.namespace(), "secrets", secret));
    Map<String, Object> gone = new HashMap<>();
    found
        .pairs("data")
        .forEach(
            (name, value) -> {
              if (decoded(value).strip().equals(key)) {
                gone.put(name, null);
              }
            });
    if (gone.isEmpty()) {
      throw new CommandFailure("secret %s does not have this key".formatted(secret));
    }
    patch(session, secret, gone);
  }

  private static void patch(Session session, String secret, Map<String, ?> data)
      throws InterruptedException {
    session.api().merge(ApiPath.core(session.namespace(), "secrets", secret), Map.of("data", data));
  }

  private static Fields spec(Fields machine) {
    return machine.at("spec").at("template").at("spec");
  }

  /** A name for a key in a secret that is the same each time the key is added. */
  private static String entry(String key) {
    return "virtctl-" + Integer.toHexString(key.hashCode());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
