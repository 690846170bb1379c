package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/** Lists virtual CPUs without stopping them. */
public record QueryCpusFast() implements QmpCommand.Query<List<QueryCpusFast.Cpu>> {
  @Override
  public String wireName() {
    return "query-cpus-fast";
  }

  @Override
  public ReplyType<List<QueryCpusFast.Cpu>> replyType() {
    return ReplyType.listOf(Cpu.class);
  }

  /**
   * A virtual CPU.
   *
   * @param cpuIndex its number
   * @param qomPath its path
   * @param threadId its host thread
   * @param props where it sits in the topology
   * @param target its architecture
   */
  public record Cpu(int cpuIndex, String qomPath, int threadId, Json props, String target) {}
}
