package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.SpecFields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every field of {@code domain}, {@code volumes} and {@code networks} is answered for by exactly
 * one mapper, or refused by name; a new field of the API fails here until it is.
 */
class FieldCoverageTest {
  private static final List<String> FIELDS =
      SpecFields.leaves(VirtualMachineInstanceSpec.class).stream()
          .filter(path -> path.matches("(domain|volumes|networks)[.\\[].*"))
          .toList();

  @Test
  void everyFieldIsMappedOrRefused() {
    TreeSet<String> forgotten = new TreeSet<>(FIELDS);
    forgotten.removeIf(path -> !claims(path).isEmpty());

    assertThat(FIELDS).hasSizeGreaterThan(200);
    assertThat(forgotten).isEmpty();
  }

  @Test
  void noFieldHasTwoMappers() {
    Map<String, List<String>> contested = new TreeMap<>();
    for (String path : FIELDS) {
      if (claims(path).size() > 1) {
        contested.put(path, claims(path));
      }
    }

    assertThat(contested).isEmpty();
  }

  @Test
  void mappersReadOnlyFieldsThatExist() {
    TreeSet<String> unknown = new TreeSet<>();
    for (DeviceMapper mapper : DeviceMappers.ALL) {
      if (!(mapper instanceof UnsupportedFieldsMapper)) {
        mapper.reads().stream().filter(path -> !FIELDS.contains(path)).forEach(unknown::add);
      }
    }
    UnsupportedFieldsMapper.REFUSED.stream()
        .filter(refused -> FIELDS.stream().noneMatch(path -> isRefused(path, refused)))
        .forEach(unknown::add);

    assertThat(unknown).isEmpty();
  }

  private static List<String> claims(String path) {
    Stream<String> mappers =
        DeviceMappers.ALL.stream()
            .filter(mapper -> !(mapper instanceof UnsupportedFieldsMapper))
            .filter(mapper -> mapper.reads().contains(path))
            .map(mapper -> mapper.getClass().getSimpleName());
    Stream<String> refused =
        UnsupportedFieldsMapper.REFUSED.stream()
            .filter(name -> isRefused(path, name))
            .map(name -> "refused as " + name);
    return Stream.concat(mappers, refused).toList();
  }

  private static boolean isRefused(String path, String refused) {
    return new SpecFields.SetField(path, path).isWithin(refused);
  }
}
