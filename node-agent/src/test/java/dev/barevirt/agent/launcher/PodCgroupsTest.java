package dev.barevirt.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodCgroupsTest {
  private static final String UID = "0d4b7a3e-2c11-4f7a-9a60-5f3b1c2d4e5f";
  private static final String OTHER = "99999999-2c11-4f7a-9a60-5f3b1c2d4e5f";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUSCORE.slice/cri-containerd-abc.scope",
        "0::/kubepods.slice/kubepods-podUSCORE.slice/crio-abc.scope",
        "0::/kubepods/burstable/podDASH/0123abc",
        "0::/kubepods/podDASH/0123abc",
        "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/"
            + "kubelet-kubepods-besteffort-podUSCORE.slice/cri-containerd-abc.scope",
        "0::/../../podDASH/0123abc",
        "0::/../../../besteffort/podDASH/0123abc",
        "0::/../../kubepods-besteffort-podUSCORE.slice/cri-containerd-abc.scope",
        "12:memory:/kubepods/burstable/podDASH/c\n4:cpu,cpuacct:/kubepods/burstable/podDASH/c\n"
            + "1:name=systemd:/kubepods/burstable/podDASH/c\n0::/",
        "3:pids:/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUSCORE.slice/c.scope",
      })
  void findsThePodInEveryShape(String shape) {
    String text = shape.replace("DASH", UID).replace("USCORE", UID.replace('-', '_'));
    assertThat(PodCgroups.ofNode("0::/system.slice/agent.service").podUid(text)).contains(UID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0::/",
        "0::/user.slice/user-1000.slice/session-1.scope",
        "0::/kubepods/burstable",
        "0::/kubepods/burstable/pod",
        "0::/kubepods/burstable/pod12/c",
        "0::/system.slice/podDASH/c",
        "0::/../system.slice/podDASH",
        "0::/../0123container/podDASH",
        "0::/kubepods/burstable/x/podDASH/c",
        "0::/kubepods/burstable/podDASHx/c",
        "no colons",
      })
  void whatIsNoPodIsNone(String shape) {
    assertThat(new PodCgroups(List.of()).podUid(shape.replace("DASH", UID))).isEmpty();
  }

  @Test
  void aContainerCannotNameItselfAnotherPod() {
    String below = "0::/kubepods/burstable/pod" + UID + "/c/kubepods/burstable/pod" + OTHER + "/x";
    assertThat(new PodCgroups(List.of()).podUid(below)).contains(UID);
  }

  @Test
  void hierarchiesHaveToAgree() {
    String torn = "5:cpu:/kubepods/pod" + UID + "/c\n4:memory:/kubepods/pod" + OTHER + "/c";
    assertThat(new PodCgroups(List.of()).podUid(torn)).isEmpty();
  }

  @Test
  void podsOfANodeThatIsAContainerAreFoundBelowIt() {
    PodCgroups node = PodCgroups.ofNode("0::/node01/kubepods/besteffort/pod" + OTHER + "/agent");
    assertThat(node.podUid("0::/node01/kubepods/burstable/pod" + UID + "/c")).contains(UID);
    assertThat(node.podUid("0::/node02/kubepods/burstable/pod" + UID + "/c")).isEmpty();
    assertThat(node.podUid("0::/kubepods/burstable/pod" + UID + "/c")).isEmpty();
  }

  @Test
  void podsOfANodeWhoseRootIsAboveItsNamespaceAreFound() {
    PodCgroups node =
        PodCgroups.ofNode("4:memory:/../../one-node01/kubepods/burstable/pod" + OTHER + "/agent");
    String above = "4:memory:/../../one-node0%d/kubepods/burstable/pod" + UID + "/c";
    assertThat(node.podUid(above.formatted(1))).contains(UID);
    assertThat(node.podUid(above.formatted(2))).isEmpty();
  }

  @Test
  void aNodeInAPodSeesItsOwnPodsOnly() {
    String outer = "/kubepods/burstable/pod" + OTHER + "/c/kubelet";
    PodCgroups node =
        PodCgroups.ofNode("0::" + outer + "/kubepods/besteffort/pod" + OTHER + "/agent");
    assertThat(node.podUid("0::" + outer + "/kubepods/burstable/pod" + UID + "/c")).contains(UID);
    assertThat(node.podUid("0::" + outer)).isEmpty();
  }
}
