package dev.barevirt.launcher.machine;

import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One mapper's part of a machine.
 *
 * @param backends the host's sides of devices, each after those it refers to
 * @param frontends the devices, each after the device whose bus it sits on
 * @param options machine-wide options
 * @param sidecars programs that run beside QEMU
 * @param copies files to be there before QEMU starts
 * @param violations fields that cannot be mapped as asked
 */
public record Fragment(
    List<Backend> backends,
    List<Frontend> frontends,
    List<MachineOption> options,
    List<Sidecar> sidecars,
    List<FileCopy> copies,
    List<Violation> violations) {

  private static final Fragment EMPTY =
      new Fragment(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Fragment {
    backends = List.copyOf(backends);
    frontends = List.copyOf(frontends);
    options = List.copyOf(options);
    sidecars = List.copyOf(sidecars);
    copies = List.copyOf(copies);
    violations = List.copyOf(violations);
  }

  /** Nothing. */
  public static Fragment empty() {
    return EMPTY;
  }

  /** The given parts. */
  public static Fragment of(FragmentPart... parts) {
    return of(List.of(parts));
  }

  /** The given parts. */
  public static Fragment of(Collection<? extends FragmentPart> parts) {
    List<Backend> backends = new ArrayList<>();
    List<Frontend> frontends = new ArrayList<>();
    List<MachineOption> options = new ArrayList<>();
    List<Sidecar> sidecars = new ArrayList<>();
    List<FileCopy> copies = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (FragmentPart part : parts) {
      switch (part) {
        case Backend backend -> backends.add(backend);
        case Frontend frontend -> frontends.add(frontend);
        case MachineOption option -> options.add(option);
        case Sidecar sidecar -> sidecars.add(sidecar);
        case FileCopy copy -> copies.add(copy);
        case Refusal refusal -> violations.add(refusal.violation());
      }
    }
    return new Fragment(backends, frontends, options, sidecars, copies, violations);
  }

  /** This fragment and then another. */
  public Fragment plus(Fragment other) {
    return new Fragment(
        joined(backends, other.backends),
        joined(frontends, other.frontends),
        joined(options, other.options),
        joined(sidecars, other.sidecars),
        joined(copies, other.copies),
        joined(violations, other.violations));
  }

  /** The host resources that backends, devices and options name, each once, in order. */
  public List<HostResource> resources() {
    List<HostResource> found = new ArrayList<>();
    backends.forEach(backend -> found.addAll(backend.properties().resources()));
    frontends.forEach(frontend -> found.addAll(frontend.properties().resources()));
    for (MachineOption option : options) {
      switch (option) {
        case MachineOption.Repeated repeated -> found.addAll(repeated.properties().resources());
        case MachineOption.FileOption file -> found.add(file.file());
        case MachineOption.Setting _, MachineOption.Plain _ -> {}
      }
    }
    return found.stream().distinct().toList();
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
