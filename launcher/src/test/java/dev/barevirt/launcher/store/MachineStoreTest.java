package dev.barevirt.launcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachineStoreTest {
  private static final MachineName ONE = new MachineName("one");

  @TempDir Path root;
  private Locations locations =
      new Locations(Path.of("/"), Path.of("/"), Path.of("/"), Path.of("/"));
  private MachineStore store = new MachineStore(locations);

  @BeforeEach
  void useTemporaryDirectories() {
    locations =
        new Locations(
            root.resolve("state"),
            root.resolve("run"),
            root.resolve("images"),
            root.resolve("cache"));
    store = new MachineStore(locations);
  }

  @Test
  void startsEmpty() {
    assertThat(store.list()).isEmpty();
    assertThat(store.find(ONE)).isEmpty();
    assertThatThrownBy(() -> store.get(ONE)).hasMessage("there is no machine \"one\"");
  }

  @Test
  void aMachineIsThereOnceItIsMade() {
    MachineDirectory made = make("one");
    make("another");

    assertThat(store.list())
        .extracting(machine -> machine.name().value())
        .containsExactly("another", "one");
    assertThat(store.get(ONE)).isEqualTo(made);
    assertThat(made.spec()).hasContent("{}");
    assertThat(made.liveness()).isEqualTo(Liveness.STOPPED);
    assertThat(String.valueOf(made.runtime().getFileName())).matches("[0-9a-f]{8}");
  }

  @Test
  void twoOfOneNameAreAConflictAndTheFirstStaysWhole() {
    MachineDirectory first = make("one");
    WholeFile.write(first.report(), "mine");

    assertThatThrownBy(() -> make("one"))
        .hasMessage("there is already a machine \"one\"")
        .extracting(thrown -> ((StoreException) thrown).reason())
        .isEqualTo(StoreException.Reason.EXISTS);

    assertThat(first.report()).hasContent("mine");
    assertThat(locations.machines()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void ofManyAtOnceOneWins() throws Exception {
    Callable<Boolean> attempt =
        () -> {
          try {
            make("one");
            return true;
          } catch (StoreException conflict) {
            assertThat(conflict.reason()).isEqualTo(StoreException.Reason.EXISTS);
            return false;
          }
        };
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all =
          executor.invokeAll(IntStream.range(0, 16).mapToObj(i -> attempt).toList());
      int winners = 0;
      for (Future<Boolean> one : all) {
        winners += one.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
    assertThat(locations.machines()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aMachineThatCannotBeFilledNeverAppears() {
    assertThatThrownBy(
            () ->
                store.create(
                    ONE,
                    directory -> {
                      WholeFile.write(directory.spec(), "half");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(store.find(ONE)).isEmpty();
    assertThat(locations.machines()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../x", "a/b", "/etc", "A", "a_b", "-a", "a-", "a\n", "a\0", ".new", "a..b",
        "a,b", "a\"b", "ü"
      })
  void aNameThatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> new MachineName(name))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be a machine's name");
  }

  @Test
  void aLongNameIsShownShort() {
    assertThatThrownBy(() -> new MachineName("x".repeat(300)))
        .hasMessageStartingWith("\"" + "x".repeat(40) + "…\" cannot");
    assertThat(make("x".repeat(200)).spec()).exists();
  }

  @Test
  void aMachineThatRunsIsNotDeleted() {
    MachineDirectory machine = make("one");
    try (Flock lock = machine.tryLock().orElseThrow()) {
      assertThatThrownBy(() -> store.delete(ONE))
          .hasMessage("machine \"one\" is running: stop it first");
      assertThat(lock.file().number()).isPositive();
    }

    store.delete(ONE);

    assertThat(store.list()).isEmpty();
    assertThat(locations.machines()).isEmptyDirectory();
  }

  @Test
  void aMachineWhoseQemuOutlivedItsLauncherIsNotDeleted() {
    MachineDirectory machine = make("one");
    RunningProcess qemu = sleeper();
    machine.recordRun(
        RunRecord.begin(new ProcessIdentity(2_000_000_000, 1)).withQemu(qemu.identity()));

    assertThat(machine.liveness()).isEqualTo(Liveness.ORPHANED);
    assertThatThrownBy(() -> store.delete(ONE)).isInstanceOf(StoreException.class);

    qemu.signal(Signal.KILL);
    assertThat(qemu.awaitExit(Duration.ofSeconds(60))).isPresent();
    assertThat(machine.liveness()).isEqualTo(Liveness.STALE);
    store.delete(ONE);
  }

  @Test
  void theLivingAreToldFromTheDead() {
    MachineDirectory machine = make("one");
    ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    RunRecord run = RunRecord.begin(me);

    machine.recordRun(run);
    assertThat(machine.run()).contains(run);
    assertThat(machine.liveness()).isEqualTo(Liveness.RUNNING);

    machine.recordRun(new RunRecord(new BootId("before the power cut"), me, me, List.of()));
    assertThat(machine.liveness()).isEqualTo(Liveness.STALE);

    ProcessIdentity reused = new ProcessIdentity(me.pid(), me.startTicks() - 1);
    machine.recordRun(RunRecord.begin(reused).withQemu(reused));
    assertThat(machine.liveness()).isEqualTo(Liveness.STALE);

    machine.forgetRun();
    machine.forgetRun();
    assertThat(machine.liveness()).isEqualTo(Liveness.STOPPED);
  }

  @Test
  void everyProcessOfARunIsWrittenDown() {
    MachineDirectory machine = make("one");
    ProcessIdentity passt = new ProcessIdentity(11, 1);
    ProcessIdentity qemu = new ProcessIdentity(12, 2);
    RunRecord run = RunRecord.begin(new ProcessIdentity(10, 1)).with(passt).with(qemu);

    machine.recordRun(run);
    assertThat(machine.run()).contains(run);
    assertThat(run.withQemu(qemu).others()).containsExactly(passt);
    machine.recordRun(run.withQemu(qemu));
    assertThat(machine.run()).contains(run.withQemu(qemu));
    assertThat(run.ended(passt).others()).containsExactly(qemu);
  }

  @Test
  void whatAnUnfinishedRunLeftIsEnded() {
    MachineDirectory machine = make("one").prepared();
    RunningProcess written = sleeper();
    RunningProcess marked = sleeper(Remains.mark(machine.runtime()));
    RunningProcess other = sleeper(Remains.mark(locations.runtime().resolve("another")));
    machine.recordRun(
        RunRecord.begin(new ProcessIdentity(2_000_000_000, 1)).with(written.identity()));
    assertThat(machine.liveness()).isEqualTo(Liveness.STALE);

    Remains.end(machine);

    assertThat(written.awaitExit(Duration.ofSeconds(60))).isPresent();
    assertThat(marked.awaitExit(Duration.ofSeconds(60))).isPresent();
    assertThat(other.isAlive()).isTrue();
    assertThat(machine.liveness()).isEqualTo(Liveness.STOPPED);
    other.signal(Signal.KILL);
    assertThat(other.awaitExit(Duration.ofSeconds(60))).isPresent();
  }

  @Test
  void processesOfAnotherBootAreSomebodyElses() {
    MachineDirectory machine = make("one");
    RunningProcess innocent = sleeper();
    ProcessIdentity launcher = new ProcessIdentity(2_000_000_000, 1);
    machine.recordRun(
        new RunRecord(
            new BootId("before the power cut"), launcher, null, List.of(innocent.identity())));

    Remains.end(machine);

    assertThat(innocent.isAlive()).isTrue();
    assertThat(machine.run()).isEmpty();
    innocent.signal(Signal.KILL);
    assertThat(innocent.awaitExit(Duration.ofSeconds(60))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "boot=",
        "boot=x",
        "launcher=1 2",
        "boot=x\nlauncher=1",
        "boot=x\nlauncher=-1 2",
        "boot=x\nlauncher=99999999999999999999 1",
        "\0\0\0"
      })
  void aTornRunRecordIsNoRun(String content) {
    MachineDirectory machine = make("one");
    WholeFile.write(machine.state().resolve("run"), content);

    assertThat(machine.run()).isEmpty();
    assertThat(machine.liveness()).isEqualTo(Liveness.STOPPED);
  }

  @Test
  void leftoversAreFoundAndRemovedAndNothingElse() throws IOException {
    MachineDirectory running = make("running").prepared();
    running.recordRun(
        RunRecord.begin(ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow()));
    MachineDirectory stale = make("stale").prepared();
    stale.recordRun(
        new RunRecord(new BootId("another boot"), new ProcessIdentity(1, 1), null, List.of()));
    Files.createFile(stale.state().resolve(".vmi.json.x.tmp"));
    MachineDirectory starting = make("starting").prepared();
    Path unfinished = locations.machines().resolve(".half.123.new");
    Files.createDirectories(unfinished.resolve("disks"));
    Path gone = Files.createDirectory(locations.runtime().resolve("01234567"));
    Files.createFile(gone.resolve("launcher.sock"));
    Path foreign = Files.createDirectory(locations.runtime().resolve("not-ours"));
    Gc gc = new Gc(locations, store);

    try (Flock lock = starting.tryLock().orElseThrow()) {
      List<Gc.Leftover> plan = gc.plan();
      assertThat(plan)
          .extracting(Gc.Leftover::path)
          .containsExactlyInAnyOrder(
              unfinished,
              gone,
              stale.state().resolve(".vmi.json.x.tmp"),
              stale.state().resolve("run"),
              stale.runtime());
      gc.remove(plan);
      assertThat(lock.file().number()).isPositive();
    }

    assertThat(running.runtime()).exists();
    assertThat(starting.runtime()).exists();
    assertThat(foreign).exists();
    assertThat(stale.liveness()).isEqualTo(Liveness.STOPPED);
    assertThat(stale.spec()).exists();
    assertThat(unfinished).doesNotExist();
    assertThat(gone).doesNotExist();
  }

  @Test
  void aMachineThatWasToGoWhenItEndedGoesOnceItHas() throws IOException {
    MachineDirectory ended = make("ended").prepared();
    ended.goWhenItEnds();
    Files.createFile(ended.report());
    MachineDirectory fresh = make("fresh").prepared();
    fresh.goWhenItEnds();
    Gc gc = new Gc(locations, store);

    gc.remove(gc.plan());

    assertThat(store.list()).extracting(MachineDirectory::name).containsExactly(fresh.name());
    assertThat(ended.runtime()).doesNotExist();
  }

  @Test
  void aRuntimeDirectoryTooDeepForSocketsIsRefusedBeforeAnythingIsMade() {
    Locations deep = locations.withRuntime(root.resolve("x".repeat(100)));
    MachineDirectory machine = new MachineStore(deep).create(ONE, directory -> {});

    assertThatThrownBy(machine::prepared).hasMessageContaining("Linux allows 107");

    assertThat(deep.runtime()).doesNotExist();
  }

  private MachineDirectory make(String name) {
    return store.create(
        new MachineName(name), directory -> WholeFile.write(directory.spec(), "{}"));
  }

  private static RunningProcess sleeper() {
    return sleeper(Map.of());
  }

  private static RunningProcess sleeper(Map<String, String> environment) {
    return Children.ofThisProcess()
        .start(SpawnRequest.of(List.of("/bin/sleep", "1000")).withEnvironment(environment));
  }
}
