package dev.barevirt.control.subresource;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.control.http.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * How the cluster's API server shows who it is and who asks it; read from the ConfigMap {@code
 * extension-apiserver-authentication}.
 *
 * @param authorities who stands for the API server
 * @param allowedNames the names it may have; all when empty
 * @param userHeaders headers with the user's name
 * @param uidHeaders headers with the user's UID
 * @param groupHeaders headers with the user's groups
 * @param extraPrefixes what names of headers with further facts begin with
 */
public record FrontProxySettings(
    List<X509Certificate> authorities,
    List<String> allowedNames,
    List<String> userHeaders,
    List<String> uidHeaders,
    List<String> groupHeaders,
    List<String> extraPrefixes) {
  /** Nobody is believed. */
  public static final FrontProxySettings NOBODY =
      new FrontProxySettings(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Reads the data of the ConfigMap; nobody is believed when its authorities cannot be read. */
  public static FrontProxySettings of(Map<String, String> data) {
    String authorities = data.getOrDefault("requestheader-client-ca-file", "");
    if (authorities.isBlank()) {
      return NOBODY;
    }
    return new FrontProxySettings(
        TlsIdentity.certificates(authorities),
        list(data, "requestheader-allowed-names"),
        list(data, "requestheader-username-headers"),
        list(data, "requestheader-uid-headers"),
        list(data, "requestheader-group-headers"),
        list(data, "requestheader-extra-headers-prefix"));
  }

  private static List<String> list(Map<String, String> data, String key) {
    return switch (RecordReader.LENIENT.readTree(data.getOrDefault(key, "[]"))) {
      case Reading.Accepted<Tree>(Tree.Sequence(List<Tree> elements, var _)) ->
          elements.stream()
              .filter(Tree.Text.class::isInstance)
              .map(text -> ((Tree.Text) text).value())
              .toList();
      case Reading.Accepted<Tree> _, Reading.Refused<Tree> _ -> List.of();
    };
  }
}
