package dev.barevirt.launcher.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a cloud-init seed. User data and network data are opaque: they are copied byte for
 * byte, whatever they hold.
 */
final class CloudInitSeed {
  private static final JsonFactory JSON = new JsonFactory();

  private CloudInitSeed() {}

  /** The files of the NoCloud source; the volume is labelled {@code cidata}. */
  static IsoImage noCloud(
      GuestIdentity guest, byte @Nullable [] userData, byte @Nullable [] networkData) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("meta-data", noCloudMetadata(guest));
    files.put("user-data", userData == null ? new byte[0] : userData);
    if (networkData != null) {
      files.put("network-config", networkData);
    }
    return new IsoImage("cidata", files);
  }

  /** The files of OpenStack's config drive; the volume is labelled {@code config-2}. */
  static IsoImage configDrive(
      GuestIdentity guest, byte @Nullable [] userData, byte @Nullable [] networkData) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("openstack/latest/meta_data.json", configDriveMetadata(guest));
    if (userData != null) {
      files.put("openstack/latest/user_data", userData);
    }
    if (networkData != null) {
      files.put("openstack/latest/network_data.json", networkData);
    }
    return new IsoImage("config-2", files);
  }

  private static byte[] noCloudMetadata(GuestIdentity guest) {
    return json(
        out -> {
          out.writeStringField("instance-id", guest.instanceId());
          out.writeStringField("local-hostname", guest.hostname());
          if (!guest.keys().noCloud().isEmpty()) {
            writeKeys(out, "public-keys", guest.keys().noCloud());
          }
        });
  }

  private static byte[] configDriveMetadata(GuestIdentity guest) {
    return json(
        out -> {
          out.writeStringField("instance_id", guest.instanceId());
          out.writeStringField("uuid", guest.uuid() == null ? guest.instanceId() : guest.uuid());
          out.writeStringField("hostname", guest.hostname());
          out.writeStringField("local-hostname", guest.hostname());
          if (!guest.keys().configDrive().isEmpty()) {
            writeKeys(out, "public_keys", guest.keys().configDrive());
          }
          if (!guest.devices().isEmpty()) {
            out.writeArrayFieldStart("devices");
            for (GuestIdentity.TaggedDevice device : guest.devices()) {
              writeDevice(out, device);
            }
            out.writeEndArray();
          }
        });
  }

  private static void writeKeys(JsonGenerator out, String field, List<String> keys)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (int i = 0; i < keys.size(); i++) {
      out.writeStringField(Integer.toString(i), keys.get(i));
    }
    out.writeEndObject();
  }

  private static void writeDevice(JsonGenerator out, GuestIdentity.TaggedDevice device)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("type", device.type());
    out.writeStringField("bus", device.bus());
    writeIfPresent(out, "address", device.address());
    writeIfPresent(out, "mac", device.mac());
    writeIfPresent(out, "serial", device.serial());
    out.writeArrayFieldStart("tags");
    out.writeString(device.tag());
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeIfPresent(JsonGenerator out, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(field, value);
    }
  }

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing JSON to memory", e);
    }
    return bytes.toByteArray();
  }
}
