package dev.barevirt.launcher.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against crafted trees; the kernel's own is in the IT. */
final class CgroupsTest {
  private static final String HYBRID =
      """
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      36 31 0:33 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
      40 31 0:37 / /sys/fs/cgroup/unified rw shared:3 - cgroup2 cgroup2 rw
      """;

  @TempDir Path root;

  @Test
  void findsItsPlaceInEveryTree() {
    List<CgroupHierarchy> found =
        CgroupLayout.parse("4:memory:/a/b\n3:cpu,cpuacct:/\n2:devices:/x\n0::/u\n", HYBRID);

    assertThat(found)
        .containsExactly(
            new CgroupHierarchy(
                Path.of("/sys/fs/cgroup/memory/a/b"),
                Path.of("/sys/fs/cgroup/memory"),
                Set.of("memory"),
                false),
            new CgroupHierarchy(
                Path.of("/sys/fs/cgroup/cpu,cpuacct"),
                Path.of("/sys/fs/cgroup/cpu,cpuacct"),
                Set.of("cpu", "cpuacct"),
                false),
            new CgroupHierarchy(
                Path.of("/sys/fs/cgroup/unified/u"),
                Path.of("/sys/fs/cgroup/unified"),
                Set.of(),
                true));
  }

  @Test
  void inAContainerTheMountBeginsInTheMiddle() {
    String mounts = "9 8 0:1 /pods/x /cg\\040roup rw - cgroup2 cgroup2 rw\n";

    assertThat(CgroupLayout.parse("0::/pods/x/y", mounts))
        .extracting(CgroupHierarchy::own)
        .containsExactly(Path.of("/cg roup/y"));
    assertThat(CgroupLayout.parse("0::/elsewhere", mounts)).isEmpty();
    assertThat(CgroupLayout.parse("0::/pods/x/../../etc", mounts)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0::", "::", "x", "0::relative", "1:memory", "\0:\0:\0"})
  void nonsenseIsNoPlace(String membership) {
    assertThat(CgroupLayout.parse(membership, HYBRID)).isEmpty();
    assertThat(CgroupLayout.parse("0::/", membership)).isEmpty();
  }

  @Test
  void withVersion2TheGroupStandsBesideOurs() throws IOException {
    Path tree = unifiedTree("user.slice", "memory pids cpu");
    Path own = Files.createDirectories(tree.resolve("user.slice/session.scope"));
    Files.writeString(own.resolve("cgroup.controllers"), "memory pids");
    // It has no cgroup.subtree_control: as in the kernel, where a group that has processes refuses
    // to hand anything down.
    Cgroups cgroups = cgroups(tree, "0::/user.slice/session.scope");

    Placement placement = cgroups.place("demo");

    assertThat(placement).isInstanceOf(Placement.Own.class);
    MachineCgroup group = ((Placement.Own) placement).group();
    assertThat(group.controllers()).containsExactlyInAnyOrder("memory", "pids", "cpu");
    Path directory = tree.resolve("user.slice/barevirt-demo");
    assertThat(directory).isDirectory();
    for (String file :
        List.of("memory.max", "pids.max", "cpu.max", "cgroup.procs", "cgroup.kill")) {
      Files.createFile(directory.resolve(file));
    }
    Files.writeString(directory.resolve("memory.events"), "low 0\noom 1\noom_kill 0\n");

    assertThat(group.limit(new CgroupLimits(64L << 20, 100, 250))).isEmpty();
    group.add(77);

    assertThat(directory.resolve("memory.max")).hasContent("67108864");
    assertThat(directory.resolve("pids.max")).hasContent("100");
    assertThat(directory.resolve("cpu.max")).hasContent("250000 100000");
    assertThat(directory.resolve("cgroup.procs")).hasContent("77");
    assertThat(group.hadOutOfMemory()).isFalse();
    Files.writeString(directory.resolve("memory.events"), "low 0\noom 1\noom_kill 1\n");
    assertThat(group.hadOutOfMemory()).isTrue();
    group.killAll();
    assertThat(directory.resolve("cgroup.kill")).hasContent("1");
  }

  @Test
  void withVersion1ThereIsOneForEachController() throws IOException {
    Path memory = Files.createDirectories(root.resolve("memory/job"));
    Path pids = Files.createDirectories(root.resolve("pids"));
    Cgroups cgroups =
        cgroups(
            "4:memory:/job\n5:pids:/\n6:devices:/\n",
            """
            1 0 0:1 / %s rw - cgroup cgroup rw,memory
            2 0 0:2 / %s rw - cgroup cgroup rw,pids
            """
                .formatted(root.resolve("memory"), pids));

    MachineCgroup group = ((Placement.Own) cgroups.place("demo")).group();

    assertThat(group.controllers()).containsExactlyInAnyOrder("memory", "pids");
    Path own = memory.resolve("barevirt-demo");
    assertThat(pids.resolve("barevirt-demo")).isDirectory();
    Files.createFile(own.resolve("memory.limit_in_bytes"));
    Files.writeString(own.resolve("memory.oom_control"), "oom_kill_disable 0\noom_kill 2\n");
    assertThat(group.limit(new CgroupLimits(1024L, null, 50)))
        .as("what cannot be limited here")
        .containsExactly("cpu");
    assertThat(own.resolve("memory.limit_in_bytes")).hasContent("1024");
    assertThat(group.hadOutOfMemory()).isTrue();
  }

  @Test
  void theGroupOfARunningQemuIsFoundAgain() throws IOException {
    Path tree = unifiedTree("barevirt-demo", "memory");
    Cgroups cgroups = cgroups(tree, "0::/");
    Path process = Files.createDirectories(root.resolve("proc/4711"));
    Files.writeString(process.resolve("cgroup"), "0::/barevirt-demo\n");
    Files.writeString(tree.resolve("barevirt-demo/cgroup.procs"), "4711\n0\n");

    assertThat(cgroups.find("demo", 4711))
        .hasValueSatisfying(group -> assertThat(group.processes()).containsExactly(4711L));
    assertThat(cgroups.find("other", 4711)).isEmpty();
    assertThat(cgroups.find("demo", 4712)).isEmpty();
  }

  @Test
  void whereNothingMayBeMadeThatIsSaid() throws IOException {
    assertThat(cgroups("", "").place("demo"))
        .isEqualTo(
            new Placement.Shared(
                "no control group can be made here: no tree with memory, pids or cpu is mounted"));
    assertThat(Cgroups.of(root.resolve("absent")).place("demo"))
        .isEqualTo(new Placement.Shared("this kernel does not say which control group we are in"));
    Path tree = unifiedTree("x", "memory");
    Files.delete(tree.resolve("cgroup.subtree_control"));
    assertThat(cgroups(tree, "0::/").place("demo")).isInstanceOf(Placement.Shared.class);
  }

  @Test
  void countersAreFoundByTheirWholeWord() {
    String events = "oom 5\noom_kill 3\noom_group_kill 9\nbroken\noom_kills x\n";

    assertThat(ControlFiles.counter(events, "oom_kill")).hasValue(3);
    assertThat(ControlFiles.counter(events, "absent")).isEmpty();
    assertThat(ControlFiles.counter(events, "oom_kills")).isEmpty();
  }

  /** A tree of version 2 whose root, and one group in it, hand controllers down. */
  private Path unifiedTree(String group, String controllers) throws IOException {
    Path tree = Files.createDirectories(root.resolve("cgroup"));
    for (Path directory : List.of(tree, Files.createDirectories(tree.resolve(group)))) {
      Files.writeString(directory.resolve("cgroup.controllers"), controllers);
      Files.writeString(directory.resolve("cgroup.subtree_control"), controllers);
    }
    return tree;
  }

  private Cgroups cgroups(Path tree, String membership) throws IOException {
    return cgroups(membership, "1 0 0:1 / " + tree + " rw - cgroup2 cgroup2 rw\n");
  }

  private Cgroups cgroups(String membership, String mounts) throws IOException {
    Path self = Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(self.resolve("cgroup"), membership);
    Files.writeString(self.resolve("mountinfo"), mounts);
    return Cgroups.of(root.resolve("proc"));
  }
}
