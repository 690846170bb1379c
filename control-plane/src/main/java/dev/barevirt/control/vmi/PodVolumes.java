package dev.barevirt.control.vmi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.ContainerDisk;
import dev.barevirt.api.v1.source.PersistentVolumeClaim;
import dev.barevirt.api.v1.source.Sysprep;
import dev.barevirt.api.v1.source.Volume;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.ImageVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeDeviceBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a guest's pod and where its launcher finds them.
 *
 * @param volumes the pod's volumes
 * @param mounts where the launcher's container has file systems
 * @param devices where the launcher's container has block devices
 * @param pullSecrets secrets for fetching images among them
 */
record PodVolumes(
    List<io.fabric8.kubernetes.api.model.Volume> volumes,
    List<VolumeMount> mounts,
    List<VolumeDevice> devices,
    Set<String> pullSecrets) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PRIVATE = "/var/run/kubevirt-private";
  private static final String CONTAINER_DISKS = "/var/run/kubevirt/container-disks";
  private static final long TOKEN_SECONDS = 3607;

  /** The volumes of an instance, whose claims are devices where that is known of them. */
  static PodVolumes of(VirtualMachineInstanceSpec spec, Set<String> blockClaims) {
    PodVolumes all =
        new PodVolumes(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
    spec.volumes().forEach(volume -> all.add(volume, blockClaims));
    Optional.ofNullable(spec.domain().firmware())
        .map(Firmware::kernelBoot)
        .map(KernelBoot::container)
        .ifPresent(all::addKernel);
    all.addDirectory("private", PRIVATE);
    all.addDirectory("tmp", "/tmp");
    return all;
  }

  /** The claim a volume stands for. */
  static Optional<String> claimOf(Volume volume) {
    return Stream.of(
            Optional.ofNullable(volume.persistentVolumeClaim())
                .map(PersistentVolumeClaim::claimName),
            Optional.ofNullable(volume.ephemeral())
                .map(Volume.Ephemeral::persistentVolumeClaim)
                .map(PersistentVolumeClaim::claimName),
            Optional.ofNullable(volume.dataVolume()).map(Volume.DataVolume::name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void add(Volume volume, Set<String> blockClaims) {
    if (volume.containerDisk() != null) {
      ContainerDisk disk = volume.containerDisk();
      addImage(volume.name(), disk.image(), disk.imagePullPolicy(), disk.imagePullSecret());
    }
    Stream.of(volume.cloudInitNoCloud(), volume.cloudInitConfigDrive())
        .flatMap(Stream::ofNullable)
        .forEach(seed -> addSeed(volume.name(), seed));
    if (volume.sysprep() != null) {
      addSysprep(volume.name(), volume.sysprep());
    }
    if (volume.serviceAccount() != null) {
      addToken(volume.name());
    }
    addFiles(volume);
    claimOf(volume).ifPresent(claim -> addClaim(volume.name(), claim, blockClaims));
  }

  private void addFiles(Volume volume) {
    VolumeBuilder built = new VolumeBuilder().withName(volume.name());
    if (volume.configMap() != null) {
      Volume.ConfigMap map = volume.configMap();
      built.withNewConfigMap().withName(map.name()).withOptional(map.optional()).endConfigMap();
      add(built, "config-map");
    }
    if (volume.secret() != null) {
      Volume.Secret secret = volume.secret();
      built
          .withNewSecret()
          .withSecretName(secret.secretName())
          .withOptional(secret.optional())
          .endSecret();
      add(built, "secret");
    }
    if (volume.downwardAPI() != null) {
      built.withNewDownwardAPI().withItems(files(volume.downwardAPI())).endDownwardAPI();
      add(built, "downwardapi");
    }
  }

  private void addImage(
      String name, String image, @Nullable String policy, @Nullable String pullSecret) {
    volumes.add(
        new VolumeBuilder()
            .withName(name)
            .withImage(
                new ImageVolumeSourceBuilder().withReference(image).withPullPolicy(policy).build())
            .build());
    mounts.add(readOnly(name, CONTAINER_DISKS + "/" + name));
    if (pullSecret != null && !pullSecret.isEmpty()) {
      pullSecrets.add(pullSecret);
    }
  }

  /** The launcher finds a kernel at a path of its own, whatever the volume is called. */
  private void addKernel(KernelBoot.Container kernel) {
    String name = unused("kernel-boot");
    addImage(name, kernel.image(), kernel.imagePullPolicy(), kernel.imagePullSecret());
    mounts.removeLast();
    mounts.add(readOnly(name, CONTAINER_DISKS + "/kernel-boot"));
  }

  /** Both secrets in one directory: neither the launcher nor the node may ask for secrets. */
  private void addSeed(String name, CloudInit seed) {
    Set<String> secrets = new LinkedHashSet<>();
    Stream.of(seed.networkDataSecretRef(), seed.secretRef())
        .flatMap(Stream::ofNullable)
        .map(LocalObjectReference::name)
        .flatMap(Stream::ofNullable)
        .forEach(secrets::add);
    if (secrets.isEmpty()) {
      return;
    }
    ProjectedVolumeSourceBuilder projected = new ProjectedVolumeSourceBuilder();
    secrets.forEach(
        secret ->
            projected.addNewSource().withNewSecret().withName(secret).endSecret().endSource());
    add(new VolumeBuilder().withName(name).withProjected(projected.build()), "cloud-init");
  }

  private void addSysprep(String name, Sysprep answers) {
    VolumeBuilder built = new VolumeBuilder().withName(name);
    if (answers.secret() != null) {
      built.withNewSecret().withSecretName(answers.secret().name()).endSecret();
    } else if (answers.configMap() != null) {
      built.withNewConfigMap().withName(answers.configMap().name()).endConfigMap();
    }
    add(built, "sysprep");
  }

  private void addToken(String name) {
    ProjectedVolumeSourceBuilder projected =
        new ProjectedVolumeSourceBuilder()
            .addNewSource()
            .withNewServiceAccountToken(null, TOKEN_SECONDS, "token")
            .endSource()
            .addNewSource()
            .withNewConfigMap()
            .withName("kube-root-ca.crt")
            .addNewItem("ca.crt", null, "ca.crt")
            .endConfigMap()
            .endSource()
            .addNewSource()
            .withNewDownwardAPI()
            .addNewItem()
            .withPath("namespace")
            .withNewFieldRef("v1", "metadata.namespace")
            .endItem()
            .endDownwardAPI()
            .endSource();
    add(new VolumeBuilder().withName(name).withProjected(projected.build()), "service-account");
  }

  private void addClaim(String name, String claim, Set<String> blockClaims) {
    volumes.add(
        new VolumeBuilder()
            .withName(name)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .build());
    if (blockClaims.contains(claim)) {
      devices.add(new VolumeDeviceBuilder().withName(name).withDevicePath("/dev/" + name).build());
    } else {
      mounts.add(mount(name, PRIVATE + "/vmi-disks/" + name).build());
    }
  }

  private void add(VolumeBuilder built, String directory) {
    volumes.add(built.build());
    mounts.add(readOnly(built.getName(), PRIVATE + "/" + directory + "/" + built.getName()));
  }

  private void addDirectory(String wanted, String path) {
    String name = unused(wanted);
    volumes.add(
        new VolumeBuilder().withName(name).withEmptyDir(new EmptyDirVolumeSource()).build());
    // Before those below it: a runtime mounts in the order of the list.
    mounts.addFirst(mount(name, path).build());
  }

  /** A name no volume of the user has. */
  private String unused(String wanted) {
    String name = wanted;
    for (int number = 1; isUsed(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  private boolean isUsed(String name) {
    return volumes.stream().anyMatch(volume -> volume.getName().equals(name));
  }

  private static List<DownwardAPIVolumeFile> files(Volume.DownwardApi facts) {
    return facts.fields().stream()
        .map(file -> JSON.convertValue(RecordWriter.plain(file), DownwardAPIVolumeFile.class))
        .toList();
  }

  private static VolumeMount readOnly(String name, String path) {
    return mount(name, path).withReadOnly(true).build();
  }

  private static VolumeMountBuilder mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path);
  }
}
