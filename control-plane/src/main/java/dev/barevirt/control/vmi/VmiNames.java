package dev.barevirt.control.vmi;

import dev.barevirt.api.core.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** The names, labels and annotations by which clients and components find things. */
final class VmiNames {
  static final String NODE_LABEL = "kubevirt.io/nodeName";
  static final String FINALIZER = "kubevirt.io/foregroundDeleteVirtualMachine";
  static final String COMPONENT_LABEL = "kubevirt.io";
  static final String LAUNCHER = "virt-launcher";
  static final String CREATED_BY_LABEL = "kubevirt.io/created-by";
  static final String GENERATION_ANNOTATION = "kubevirt.io/vm-generation";

  /** What a pod's name has letters and digits of, without those that make words. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 253;

  private VmiNames() {}

  /**
   * The name of the launcher's pod. It follows from the instance alone, so that a controller that
   * has forgotten everything cannot make a second one.
   */
  static String podName(ObjectMeta vmi) {
    String prefix = LAUNCHER + "-" + vmi.name();
    int most = LONGEST_NAME - SUFFIX - 1;
    String cut = prefix.length() > most ? prefix.substring(0, most) : prefix;
    return cut + "-" + suffix(String.valueOf(vmi.uid()));
  }

  private static String suffix(String uid) {
    StringBuilder suffix = new StringBuilder();
    for (byte digit : digest(uid)) {
      if (suffix.length() < SUFFIX) {
        suffix.append(LETTERS.charAt(Byte.toUnsignedInt(digit) % LETTERS.length()));
      }
    }
    return suffix.toString();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A host name made of an object's name: its first part, short enough. */
  static String hostname(String name) {
    String first = name.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
    String cut = first.length() > LONGEST_LABEL ? first.substring(0, LONGEST_LABEL) : first;
    return cut.replaceAll("-+$", "");
  }

  /** A name as a label's value, which is shorter than a name may be. */
  static String labelValue(String name) {
    if (name.length() <= LONGEST_LABEL) {
      return name;
    }
    return name.substring(0, LONGEST_LABEL - SUFFIX - 1) + "-" + suffix(name);
  }

  /** The revision of the machine an instance was made from. */
  static String revision(String ownerUid, String generation) {
    return "revision-start-vm-" + ownerUid + "-" + generation;
  }
}
