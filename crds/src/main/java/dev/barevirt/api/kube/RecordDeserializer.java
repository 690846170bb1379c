package dev.barevirt.api.kube;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets a Kubernetes client read records as everything else of ours reads them, leaving out what a
 * newer server may know. A value of the wrong type cannot come from a server that keeps the schema.
 *
 * @param <T> the record
 */
abstract sealed class RecordDeserializer<T extends Record> extends JsonDeserializer<T>
    permits KubeVirtResource.SpecDeserializer,
        KubeVirtResource.StatusDeserializer,
        VirtualMachineResource.SpecDeserializer,
        VirtualMachineResource.StatusDeserializer,
        VirtualMachineInstanceResource.SpecDeserializer,
        VirtualMachineInstanceResource.StatusDeserializer,
        VirtualMachineInstanceMigrationResource.SpecDeserializer,
        VirtualMachineInstanceMigrationResource.StatusDeserializer,
        VirtualMachineInstancePresetResource.SpecDeserializer,
        VirtualMachineInstanceReplicaSetResource.SpecDeserializer,
        VirtualMachineInstanceReplicaSetResource.StatusDeserializer {

  private final Class<T> type;

  RecordDeserializer(Class<T> type) {
    this.type = type;
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    Tree tree = Tree.of(parser.readValueAs(Object.class));
    return switch (RecordReader.LENIENT.read(type, tree)) {
      case Reading.Accepted<T>(T value) -> value;
      case Reading.Refused<T>(List<Violation> violations) ->
          throw JsonMappingException.from(
              parser,
              violations.stream().map(Violation::sentence).collect(Collectors.joining("; ")));
    };
  }
}
