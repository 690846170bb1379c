package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final String VMI = "/apis/kubevirt.io/v1/namespaces/ns/virtualmachineinstances/vm";

  private final CommandLine line = new CommandLine();

  @Test
  void aMachineIsPrintedWithItsDisks(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("password"), "a\"b\n");

    assertThat(
            line.in(folder)
                .run(
                    "create",
                    "vm",
                    "--name=web",
                    "--memory=1Gi",
                    "--run-strategy=manual",
                    "--volume-containerdisk=src:registry:5000/debian:13,bootorder:1",
                    "--volume-pvc=src:data",
                    "--user=debian",
                    "--password-file=password",
                    "--ssh-key=ssh-ed25519 AAAA me"))
        .as(line.err())
        .isZero();

    assertThat(line.out())
        .isEqualTo(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata:
              name: web
            spec:
              runStrategy: Manual
              template:
                spec:
                  domain:
                    devices:
                      disks:
                      - bootOrder: 1
                        disk:
                          bus: virtio
                        name: web-containerdisk-0
                    memory:
                      guest: 1Gi
                    resources: {}
                  terminationGracePeriodSeconds: 180
                  volumes:
                  - containerDisk:
                      image: registry:5000/debian:13
                    name: web-containerdisk-0
                  - name: data
                    persistentVolumeClaim:
                      claimName: data
                  - cloudInitNoCloud:
                      userData: |-
                        #cloud-config
                        user: "debian"
                        password: "a\\"b"
                        chpasswd: { expire: False }
                        ssh_authorized_keys:
                          - "ssh-ed25519 AAAA me"
                    name: cloudinitdisk
            """);
  }

  @Test
  void instanceTypesTakeThePlaceOfMemory() {
    assertThat(
            line.run(
                "create", "vm", "--instancetype=small", "--preference=virtualmachinepreference/p"))
        .isZero();
    assertThat(line.out())
        .contains("kind: VirtualMachineClusterInstancetype", "kind: VirtualMachinePreference")
        .doesNotContain("memory:")
        .containsPattern("name: vm-[a-z0-9]{5}\n");
  }

  @Test
  void wrongManifestFlagsAreNamed() {
    line.run("create", "vm", "--memory=much");
    line.run("create", "vm", "--volume-pvc=name:x");
    line.run("create", "vm", "--volume-pvc=src:x,colour:red");
    line.run("create", "vm", "--run-strategy=Sometimes");
    line.run("create", "vm", "--instancetype=a", "--memory=1Gi");

    assertThat(line.err().lines())
        .hasSize(5)
        .satisfiesExactly(
            it -> assertThat(it).contains("--memory", "not a quantity"),
            it -> assertThat(it).contains("--volume-pvc", "src must be specified"),
            it -> assertThat(it).contains("--volume-pvc", "unknown param(s): colour:red"),
            it -> assertThat(it).contains("invalid RunStrategy \"Sometimes\""),
            it -> assertThat(it).contains("[instancetype memory] were all set"));
  }

  @Test
  void exposingCreatesAService() throws IOException {
    try (FakeApi api = new FakeApi()) {
      api.on("GET " + VMI, 200, "{\"kind\":\"VirtualMachineInstance\"}")
          .on("POST /api/v1/namespaces/ns/services", 201, "{}");
      CommandLine to = CommandLine.to(api);

      assertThat(to.run("expose", "vmi", "vm", "--port=80", "--target-port=http", "--name=web"))
          .as(to.err())
          .isZero();

      assertThat(to.out()).isEqualTo("Service web successfully exposed for vmi vm\n");
      assertThat(api.asked().getLast().body())
          .contains("\"targetPort\":\"http\"", "\"selector\":{\"vmi.kubevirt.io/id\":\"vm\"}");
    }
  }

  @Test
  void exposingWithoutAPortTakesThoseOfTheInterfaces() throws IOException {
    try (FakeApi api = new FakeApi()) {
      api.on(
              "GET " + VMI,
              200,
              "{\"spec\":{\"domain\":{\"devices\":{\"interfaces\":[{\"ports\":[{\"port\":22}]}]}}}}")
          .on("POST /api/v1/namespaces/ns/services", 201, "{}");

      assertThat(CommandLine.to(api).run("expose", "vmi", "vm", "--name=web")).isZero();
      assertThat(api.asked().getLast().body()).contains("\"port\":22", "\"protocol\":\"TCP\"");
    }
  }

  @Test
  void completionsAreCommandsFlagsAndNames() throws IOException {
    try (FakeApi api = new FakeApi()) {
      api.on(
          "GET /apis/kubevirt.io/v1/namespaces/ns/virtualmachines",
          200,
          "{\"items\":[{\"metadata\":{\"name\":\"web\"}},{\"metadata\":{\"name\":\"db\"}}]}");
      line.run("__complete", "st");
      line.run("__complete", "start", "--pau");
      line.run("__complete", "vnc", "sc");
      line.run("__complete", "--server", api.address(), "-n", "ns", "start", "w");
    }
    assertThat(line.out()).isEqualTo("start\nstop\n--paused\nscreenshot\nweb\n");
  }
}
