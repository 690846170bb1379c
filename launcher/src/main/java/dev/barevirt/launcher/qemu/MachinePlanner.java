package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.launcher.credential.AccessCredentials;
import dev.barevirt.launcher.credential.GivenSecrets;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.GuestIdentity;
import dev.barevirt.launcher.disk.VolumePreparer;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HotplugOutcome;
import dev.barevirt.launcher.machine.HotplugPlan;
import dev.barevirt.launcher.machine.HotplugPlanner;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a machine out of a request: asks the host, prepares the volumes, folds the mappers. */
final class MachinePlanner {
  private final HostFactsSource host;
  private final VolumePreparer volumes;
  private final MachineBuilder builder;
  private final MachineDirectories directories;

  MachinePlanner(
      HostFactsSource host,
      VolumePreparer volumes,
      MachineBuilder builder,
      MachineDirectories directories) {
    this.host = host;
    this.volumes = volumes;
    this.builder = builder;
    this.directories = directories;
  }

  /**
   * A machine and what it was made of.
   *
   * @param model the machine
   * @param whyNotKvm why the guest is emulated, when it is
   */
  record Planned(MachineModel model, @Nullable String whyNotKvm) {
    /** The same machine, waiting for the state of an earlier one instead of booting. */
    Planned awaitingState() {
      MachinePlan plan = model.plan();
      List<MachineOption> options = new ArrayList<>(plan.options());
      options.add(new MachineOption.Plain("-incoming", "defer"));
      MachineModel waiting =
          new MachineModel(model.request(), model.input(), plan.withOptions(options));
      return new Planned(waiting, whyNotKvm);
    }
  }

  /**
   * How a running machine becomes another.
   *
   * @param plan what is done
   * @param after the machine then
   */
  record Change(HotplugPlan plan, MachineModel after) {}

  /** A machine that is to be started: its volumes are made ready. */
  Planned plan(GuestRequest request) throws InterruptedException {
    HostProbe.Findings found = host.facts(request.options().qemuBinary());
    if (!found.facts().kvm() && !request.options().emulation()) {
      throw GuestException.unsupported(
          "this host cannot run guests on its processor, and emulation is not allowed");
    }
    return new Planned(model(request, found.facts(), prepare(request)), whyNotKvm(found.kvm()));
  }

  /** A machine that runs already, with volumes that were made ready for it; touches none. */
  MachineModel found(GuestRequest request, List<PreparedVolume> volumes)
      throws InterruptedException {
    return model(request, host.facts(request.options().qemuBinary()).facts(), volumes);
  }

  private MachineModel model(GuestRequest request, HostFacts facts, List<PreparedVolume> volumes) {
    MachineInput input = input(request, facts, volumes);
    return switch (builder.build(input)) {
      case MachineOutcome.Built(MachinePlan plan) -> new MachineModel(request, input, plan);
      case MachineOutcome.Refused(List<Violation> violations) -> throw refused(violations);
    };
  }

  /** How a running machine becomes what a request asks for; only new volumes are made ready. */
  Change change(MachineModel running, GuestRequest wanted) throws InterruptedException {
    KnownVolumes known = new KnownVolumes(running);
    List<PreparedVolume> volumes = new ArrayList<>(known.of(wanted));
    volumes.addAll(prepare(known.without(wanted)));
    MachineInput input = input(wanted, running.input().host(), volumes);
    return switch (new HotplugPlanner(builder).plan(running.plan(), running.input(), input)) {
      case HotplugOutcome.Planned(HotplugPlan plan) ->
          new Change(plan, new MachineModel(wanted, input, plan.after()));
      case HotplugOutcome.Refused(List<Violation> violations) -> throw refused(violations);
    };
  }

  private static GuestException refused(List<Violation> violations) {
    return new GuestException(
        LauncherFault.INVALID,
        violations.stream().map(Violation::sentence).collect(Collectors.joining("; ")));
  }

  private static @Nullable String whyNotKvm(KvmProbe.Verdict verdict) {
    return switch (verdict) {
      case KvmProbe.Verdict.Usable() -> null;
      case KvmProbe.Verdict.Unusable(String why) -> why;
    };
  }

  private MachineInput input(GuestRequest request, HostFacts facts, List<PreparedVolume> volumes) {
    Map<String, PreparedVolume> prepared =
        volumes.stream().collect(Collectors.toMap(PreparedVolume::name, Function.identity()));
    Map<String, GivenNetwork> networks =
        request.networks().stream()
            .collect(Collectors.toMap(GivenNetwork::network, Function.identity(), (a, b) -> b));
    return new MachineInput(
        request.vmi(),
        facts,
        prepared,
        networks,
        request.kernel(),
        request.placements(),
        request.options(),
        directories.seenByQemu(),
        Instant.now());
  }

  private List<PreparedVolume> prepare(GuestRequest request) throws InterruptedException {
    try {
      var credentials = new AccessCredentials(request.vmi().spec().accessCredentials());
      var keys = credentials.bootKeys(GivenSecrets.of(request));
      return volumes.prepare(request, GuestIdentity.of(request.vmi(), keys));
    } catch (DiskException refused) {
      throw new GuestException(LauncherFault.FAILED, String.valueOf(refused.getMessage()), refused);
    }
  }
}
