package dev.barevirt.launcher.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.GivenDhcp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DhcpResponderTest {
  private static final String MAC = "02:00:00:11:22:33";
  private static final GivenDhcp TOLD =
      new GivenDhcp(
          "dhcp",
          "10.0.2.2/24",
          "10.0.2.1",
          "10.0.2.1",
          List.of("10.96.0.10", "1.1.1.1"),
          List.of("default.svc.cluster.local", "svc.cluster.local"),
          "guest",
          List.of(new GivenDhcp.Route("192.168.128.0/17", "10.0.2.9")),
          List.of(new GivenDhcp.Option(66, "tftp.example"), new GivenDhcp.Option(42, "10.1.2.3")),
          3600L);
  private final DhcpResponder responder = new DhcpResponder(DhcpLease.of(MAC, TOLD, 1400));

  @Test
  void offersTheAddressToWhoeverLooksForOne() {
    DhcpResponder.Answer offer = answer(client(DhcpMessage.DISCOVER)).orElseThrow();

    assertThat(offer.to()).isEqualTo(Ipv4.BROADCAST);
    assertThat(yours(offer)).isEqualTo("10.0.2.2");
    assertThat(options(offer).get(53)).isEqualTo("02");
    assertThat(ByteBuffer.wrap(offer.bytes()).getInt(4)).isEqualTo(0x12345678);
    assertThat(offer.bytes()).hasSizeGreaterThanOrEqualTo(300);
  }

  @Test
  void tellsAllThatItWasGiven() {
    Map<Integer, String> told =
        options(answer(client(DhcpMessage.REQUEST, "3204" + "0a000202")).orElseThrow());

    assertThat(told)
        .containsEntry(53, "05")
        .containsEntry(54, "0a000201")
        .containsEntry(51, "00000e10")
        .containsEntry(1, "ffffff00")
        .containsEntry(28, "0a0002ff")
        .containsEntry(3, "0a000201")
        .containsEntry(6, "0a60000a01010101")
        .containsEntry(12, hex("guest"))
        .containsEntry(15, hex("default.svc.cluster.local"))
        .containsEntry(26, "0578")
        .containsEntry(42, "0a010203")
        .containsEntry(66, hex("tftp.example"))
        .containsEntry(121, "11c0a880" + "0a000209" + "00" + "0a000201");
    assertThat(told.get(119)).startsWith("07" + hex("default") + "03" + hex("svc")).endsWith("00");
  }

  @Test
  void refusesAnotherAddress() {
    DhcpResponder.Answer nak =
        answer(client(DhcpMessage.REQUEST, "3204" + "0a000203")).orElseThrow();

    assertThat(options(nak)).containsEntry(53, "06").doesNotContainKey(51);
    assertThat(yours(nak)).isEqualTo("0.0.0.0");
  }

  @Test
  void saysNothingWhenAnotherServerWasChosen() {
    assertThat(answer(client(DhcpMessage.REQUEST, "3204" + "0a000202" + "3604" + "0a000205")))
        .isEmpty();
  }

  @Test
  void renewsWhereTheGuestListens() {
    byte[] renewing = client(DhcpMessage.REQUEST);
    ByteBuffer.wrap(renewing).putInt(12, 0x0a000202);

    DhcpResponder.Answer ack = answer(renewing).orElseThrow();
    assertThat(options(ack)).containsEntry(53, "05");
    assertThat(ack.to()).isEqualTo(Ipv4.of("10.0.2.2"));
  }

  @Test
  void informsWithoutALease() {
    byte[] asking = client(DhcpMessage.INFORM);
    ByteBuffer.wrap(asking).putInt(12, 0x0a000202);

    DhcpResponder.Answer ack = answer(asking).orElseThrow();
    assertThat(options(ack)).containsEntry(53, "05").containsKey(6).doesNotContainKey(51);
    assertThat(yours(ack)).isEqualTo("0.0.0.0");
  }

  @Test
  void answersNobodyElse() {
    byte[] other = client(DhcpMessage.DISCOVER);
    other[33] ^= 1;
    assertThat(answer(other)).isEmpty();

    byte[] relayed = client(DhcpMessage.DISCOVER);
    relayed[24] = 10;
    assertThat(answer(relayed)).isEmpty();

    for (int type : new int[] {0, DhcpMessage.OFFER, 4, DhcpMessage.ACK, DhcpMessage.NAK, 7, 255}) {
      assertThat(answer(client(type))).as("type %d", type).isEmpty();
    }
  }

  @Test
  void noDatagramWhateverItsBytesDoesMoreThanBeAnsweredOrNot() {
    Random random = new Random(20260830);
    byte[] good = client(DhcpMessage.REQUEST, "3204" + "0a000202" + "370401030c0f");
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 40));
      for (int flips = random.nextInt(12); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Optional<DhcpResponder.Answer> answer = answer(bytes);
      answer.ifPresent(
          said -> {
            assertThat(said.bytes().length).isBetween(300, 1400);
            assertThat(Mac.at(said.bytes(), 28)).isEqualTo(Mac.of(MAC));
          });
    }
    for (int length = 0; length < 1500; length += 7) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertThat(answer(noise)).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    List<GivenDhcp.Route> routes = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      routes.add(new GivenDhcp.Route("10.1." + i + ".0/24", "10.0.2.9"));
    }
    var much =
        new GivenDhcp(
            "d",
            "10.0.2.2/24",
            "10.0.2.1",
            null,
            List.of(),
            List.of(),
            null,
            routes,
            List.of(),
            null);
    var full = new DhcpResponder(DhcpLease.of(MAC, much, null));

    byte[] said = full.answer(client(DhcpMessage.DISCOVER)).orElseThrow().bytes();
    assertThat(said.length).isLessThanOrEqualTo(1400);
    assertThat(said[said.length - 1]).isIn((byte) 0, (byte) 255);
  }

  @Test
  void aLongOptionGoesInPieces() {
    List<GivenDhcp.Route> routes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      routes.add(new GivenDhcp.Route("10.1." + i + ".0/24", "10.0.2.9"));
    }
    var long121 =
        new GivenDhcp(
            "d",
            "10.0.2.2/24",
            "10.0.2.1",
            null,
            List.of(),
            List.of(),
            null,
            routes,
            List.of(),
            null);
    var responding = new DhcpResponder(DhcpLease.of(MAC, long121, null));

    var told = options(responding.answer(client(DhcpMessage.DISCOVER)).orElseThrow());
    assertThat(told.get(121)).hasSize(2 * 60 * 8);
  }

  @Test
  void nonsenseIsRefusedBeforeAnybodyIsTold() {
    assertThatThrownBy(() -> DhcpLease.of("no", TOLD, null)).hasMessage("no hardware address: no");
    assertThatThrownBy(() -> DhcpLease.of(MAC, told("10.0.2.2", "10.0.2.1", 66), null))
        .hasMessage("no IPv4 address with its prefix length: 10.0.2.2");
    assertThatThrownBy(() -> DhcpLease.of(MAC, told("10.0.2.2/24", "10.0.2.256", 66), null))
        .hasMessage("no IPv4 address: 10.0.2.256");
    assertThatThrownBy(() -> DhcpLease.of(MAC, told("10.0.2.2/24", "10.0.2.1", 53), null))
        .hasMessage("option 53 cannot be set");
  }

  private static GivenDhcp told(String address, String server, int option) {
    return new GivenDhcp(
        "d",
        address,
        server,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(new GivenDhcp.Option(option, "x")),
        null);
  }

  private Optional<DhcpResponder.Answer> answer(byte[] datagram) {
    return responder.answer(datagram);
  }

  private static byte[] client(int type, String... options) {
    String more = String.join("", options);
    ByteBuffer out = ByteBuffer.allocate(240 + 3 + more.length() / 2 + 1);
    out.put(0, (byte) 1).put(1, (byte) 1).put(2, (byte) 6).putInt(4, 0x12345678);
    out.put(28, Mac.of(MAC).bytes());
    out.position(236);
    out.putInt(0x63825363).put((byte) 53).put((byte) 1).put((byte) type);
    out.put(HexFormat.of().parseHex(more)).put((byte) 255);
    return out.array();
  }

  private static String yours(DhcpResponder.Answer answer) {
    byte[] bytes = answer.bytes();
    return "%d.%d.%d.%d"
        .formatted(bytes[16] & 255, bytes[17] & 255, bytes[18] & 255, bytes[19] & 255);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Map<Integer, String> options(DhcpResponder.Answer answer) {
    byte[] bytes = answer.bytes();
    Map<Integer, String> found = new TreeMap<>();
    for (int at = 240; (bytes[at] & 255) != 255; at += 2 + (bytes[at + 1] & 255)) {
      int length = bytes[at + 1] & 255;
      String value = HexFormat.of().formatHex(bytes, at + 2, at + 2 + length);
      found.merge(bytes[at] & 255, value, String::concat);
    }
    return found;
  }
}
