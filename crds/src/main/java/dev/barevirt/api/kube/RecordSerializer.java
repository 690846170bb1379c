package dev.barevirt.api.kube;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.barevirt.api.json.RecordWriter;
import java.io.IOException;

/** Lets a Kubernetes client write records as everything else of ours writes them. */
final class RecordSerializer extends JsonSerializer<Record> {

  @Override
  public void serialize(Record value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    provider.defaultSerializeValue(RecordWriter.plain(value), json);
  }
}
