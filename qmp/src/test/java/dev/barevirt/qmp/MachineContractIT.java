package dev.barevirt.qmp;

import static dev.barevirt.qmp.RealQemu.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.barevirt.qmp.command.BlockCommit;
import dev.barevirt.qmp.command.BlockDirtyBitmapAdd;
import dev.barevirt.qmp.command.BlockDirtyBitmapRemove;
import dev.barevirt.qmp.command.BlockResize;
import dev.barevirt.qmp.command.BlockdevAdd;
import dev.barevirt.qmp.command.BlockdevBackup;
import dev.barevirt.qmp.command.BlockdevCreate;
import dev.barevirt.qmp.command.BlockdevDel;
import dev.barevirt.qmp.command.BlockdevMirror;
import dev.barevirt.qmp.command.BlockdevSnapshot;
import dev.barevirt.qmp.command.DeviceAdd;
import dev.barevirt.qmp.command.DeviceDel;
import dev.barevirt.qmp.command.DeviceListProperties;
import dev.barevirt.qmp.command.JobComplete;
import dev.barevirt.qmp.command.JobDismiss;
import dev.barevirt.qmp.command.MirrorSync;
import dev.barevirt.qmp.command.NetdevAdd;
import dev.barevirt.qmp.command.NetdevDel;
import dev.barevirt.qmp.command.ObjectAdd;
import dev.barevirt.qmp.command.ObjectDel;
import dev.barevirt.qmp.command.QomGet;
import dev.barevirt.qmp.command.QomList;
import dev.barevirt.qmp.command.QueryIothreads;
import dev.barevirt.qmp.command.QueryJobs;
import dev.barevirt.qmp.command.QueryNamedBlockNodes;
import dev.barevirt.qmp.command.QueryPci;
import dev.barevirt.qmp.command.SetLink;
import dev.barevirt.qmp.command.SnapshotDelete;
import dev.barevirt.qmp.command.SnapshotLoad;
import dev.barevirt.qmp.command.SnapshotSave;
import dev.barevirt.qmp.command.SystemReset;
import dev.barevirt.qmp.command.Transaction;
import dev.barevirt.qmp.event.BlockJobReady;
import dev.barevirt.qmp.event.DeviceDeleted;
import dev.barevirt.qmp.event.JobStatus;
import dev.barevirt.qmp.event.JobStatusChange;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we believe of a machine's devices, disks and jobs, asked of a real QEMU. */
final class MachineContractIT {
  private static final long MIB = 1 << 20;

  private final WireLoop loop = WireLoop.start("contract");
  private final RealQemu qemu;
  private final QmpClient client;
  private int jobs;

  MachineContractIT() throws Exception {
    qemu =
        RealQemu.start(
            "-machine", "q35", "-m", "64", "-device", "pcie-root-port,id=rp1,chassis=1,slot=1");
    client = qemu.connect(loop);
  }

  @BeforeEach
  void addTwoNodes() throws Exception {
    for (String name : List.of("source", "target")) {
      addNode(
          Json.object()
              .with("driver", "null-co")
              .with("node-name", name)
              .with("size", MIB)
              .with("read-zeroes", true));
    }
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    qemu.close();
    loop.close();
  }

  private void addNode(Json.Builder node) throws InterruptedException {
    client.call(new BlockdevAdd(node.build()));
  }

  /** Starts a job, waits until it has concluded, and says what went wrong: "" for nothing. */
  private String run(QmpCommand<Nothing> command, String id) throws InterruptedException {
    try (QmpExpectation concluded = expect(id, JobStatus.CONCLUDED)) {
      client.call(command);
      concluded.await(PATIENCE);
    }
    return dismiss(id);
  }

  private String dismiss(String id) throws InterruptedException {
    String error =
        client.call(new QueryJobs()).stream()
            .filter(j -> j.id().equals(id))
            .findFirst()
            .orElseThrow()
            .error();
    client.call(new JobDismiss(id));
    return error;
  }

  private QmpExpectation expect(String job, JobStatus status) {
    return client.expect(
        e -> e instanceof JobStatusChange c && c.id().equals(job) && c.status() == status);
  }

  private String newJob() {
    return "job" + jobs++;
  }

  @Test
  void everyQueryIsReadOrRefused() throws Exception {
    int answered = 0;
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.barevirt.qmp.command")) {
      if (type.isAssignableTo(QmpCommand.Query.class) && type.isRecord()) {
        Class<?> record = type.reflect();
        if (record.getRecordComponents().length == 0) {
          QmpCommand<?> query = (QmpCommand<?>) record.getDeclaredConstructor().newInstance();
          try {
            assertThat((Object) client.call(query)).isNotNull();
            answered++;
          } catch (WireException.Refused e) {
            assertThat(e.errorClass()).isIn("GenericError", "CommandNotFound", "DeviceNotActive");
          }
        }
      }
    }
    assertThat(answered).isGreaterThan(25);
  }

  @Test
  void deviceThatIsPulledFromADeadGuestGoesWithTheReset() throws Exception {
    client.call(
        new DeviceAdd(
            Json.object()
                .with("driver", "virtio-balloon-pci")
                .with("id", "balloon0")
                .with("bus", "rp1")
                .build()));
    assertThat(client.call(new QomList("/machine/peripheral")))
        .anyMatch(p -> p.name().equals("balloon0"));
    client.call(new DeviceDel("balloon0"));

    assertThatThrownBy(() -> client.call(new DeviceDel("balloon0")))
        .isInstanceOf(WireException.Refused.class);
    try (QmpExpectation gone =
        client.expect(e -> e instanceof DeviceDeleted d && d.device().equals("balloon0"))) {
      client.call(new SystemReset());
      gone.await(PATIENCE);
    }
    assertThat(client.call(new QomList("/machine/peripheral")))
        .noneMatch(p -> p.name().equals("balloon0"));
  }

  @Test
  void deviceTakesOnlyThePropertiesItLists() throws Exception {
    assertThat(client.call(new DeviceListProperties("virtio-blk-pci")))
        .anyMatch(p -> p.name().equals("num-queues"));
    assertThatThrownBy(
            () ->
                client.call(
                    new DeviceAdd(
                        Json.object()
                            .with("driver", "virtio-rng-pci")
                            .with("bus", "rp1")
                            .with("wings", 2)
                            .build())))
        .isInstanceOf(WireException.Refused.class);
    assertThat(client.call(new QueryPci()).getFirst().devices()).isNotEmpty();
  }

  @Test
  void objectsAndBackendsComeAndGo() throws Exception {
    client.call(
        new ObjectAdd(Json.object().with("qom-type", "iothread").with("id", "io0").build()));
    assertThat(client.call(new QueryIothreads()))
        .singleElement()
        .matches(t -> t.id().equals("io0") && t.threadId() > 0);
    assertThat(client.call(new QomGet("/objects/io0", "poll-max-ns")).integer()).isPositive();
    client.call(new ObjectDel("io0"));
    client.call(
        new NetdevAdd(
            Json.object().with("type", "hubport").with("id", "n0").with("hubid", 0).build()));
    client.call(new SetLink("n0", false));
    client.call(new NetdevDel("n0"));
  }

  @Test
  void nodeInUseIsNotRemoved() throws Exception {
    addNode(Json.object().with("driver", "raw").with("node-name", "upper").with("file", "source"));
    assertThat(client.call(new QueryNamedBlockNodes(true)))
        .extracting(n -> n.nodeName())
        .contains("source", "target", "upper");

    assertThatThrownBy(() -> client.call(new BlockdevDel("source")))
        .isInstanceOf(WireException.Refused.class);
    client.call(new BlockdevDel("upper"));
    client.call(new BlockdevDel("source"));
  }

  @Test
  void mirrorGetsReadyAndIsCompleted() throws Exception {
    String id = newJob();
    try (QmpExpectation ready =
            client.expect(e -> e instanceof BlockJobReady r && r.device().equals(id));
        QmpExpectation concluded = expect(id, JobStatus.CONCLUDED)) {
      client.call(
          new BlockdevMirror(
              id, "source", "target", MirrorSync.FULL, null, null, null, null, null, false));
      ready.await(PATIENCE);
      client.call(new JobComplete(id));
      concluded.await(PATIENCE);
    }
    assertThat(dismiss(id)).isEmpty();
  }

  @Test
  void backupRunsToItsEnd() throws Exception {
    String id = newJob();

    assertThat(
            run(
                new BlockdevBackup(
                    id,
                    "source",
                    "target",
                    MirrorSync.FULL,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false),
                id))
        .isEmpty();
  }

  @Test
  void transactionDoesAllOrNothing() throws Exception {
    Transaction.Action first = addBitmap("source", "b0");
    client.call(new Transaction(List.of(first, addBitmap("target", "b0")), null));
    client.call(new BlockDirtyBitmapRemove("target", "b0"));

    assertThatThrownBy(
            () ->
                client.call(
                    new Transaction(
                        List.of(addBitmap("target", "b0"), addBitmap("source", "b0")), null)))
        .isInstanceOf(WireException.Refused.class);
    client.call(new BlockDirtyBitmapAdd("target", "b0", null, null, null));
  }

  private static Transaction.Action addBitmap(String node, String name) {
    return new Transaction.Action(
        "block-dirty-bitmap-add", Json.object().with("node", node).with("name", name).build());
  }

  /** Makes an image by a job and adds it to the graph. */
  private void addImage(String name, boolean withoutBacking) throws InterruptedException {
    String file = qemu.path(name + ".qcow2").toString();
    String id = newJob();
    Json.Builder empty =
        Json.object().with("driver", "file").with("filename", file).with("size", 0);
    assertThat(run(new BlockdevCreate(id, empty.build()), id)).isEmpty();
    String protocol = name + "-file";
    addNode(
        Json.object().with("driver", "file").with("node-name", protocol).with("filename", file));
    Json.Builder image =
        Json.object().with("driver", "qcow2").with("file", protocol).with("size", 4 * MIB);
    assertThat(run(new BlockdevCreate(id, image.build()), id)).isEmpty();
    Json.Builder node =
        Json.object().with("driver", "qcow2").with("node-name", name).with("file", protocol);
    addNode(withoutBacking ? node.with("backing", Json.Null.WRITTEN) : node);
  }

  @Test
  void imageIsMadeGrownOverlaidAndMerged() throws Exception {
    addImage("base", false);
    client.call(new BlockResize("base", 8 * MIB));
    addImage("overlay", true);
    addNode(Json.object().with("driver", "raw").with("node-name", "disk").with("file", "base"));
    client.call(new BlockdevDel("disk"));
    client.call(new BlockdevSnapshot("base", "overlay"));
    String id = newJob();

    try (QmpExpectation ready =
            client.expect(e -> e instanceof BlockJobReady r && r.device().equals(id));
        QmpExpectation concluded = expect(id, JobStatus.CONCLUDED)) {
      client.call(new BlockCommit(id, "overlay", "base", null, null, null, null, null, false));
      ready.await(PATIENCE);
      client.call(new JobComplete(id));
      concluded.await(PATIENCE);
    }
    assertThat(dismiss(id)).isEmpty();
  }

  @Test
  void machineIsSavedAndRestored() throws Exception {
    addImage("state", false);
    client.call(
        new DeviceAdd(
            Json.object()
                .with("driver", "virtio-blk-pci")
                .with("id", "disk0")
                .with("bus", "rp1")
                .with("drive", "state")
                .build()));
    client.call(new BlockdevDel("source"));
    client.call(new BlockdevDel("target"));

    assertThat(run(new SnapshotSave("save", "t0", "state", List.of("state")), "save")).isEmpty();
    assertThat(run(new SnapshotLoad("load", "t0", "state", List.of("state")), "load")).isEmpty();
    assertThat(run(new SnapshotDelete("forget", "t0", List.of("state")), "forget")).isEmpty();
    assertThat(run(new SnapshotLoad("again", "t0", "state", List.of("state")), "again"))
        .isNotEmpty();
  }
}
