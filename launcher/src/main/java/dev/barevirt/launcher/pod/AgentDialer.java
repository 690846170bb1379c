package dev.barevirt.launcher.pod;

import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.PeerCredentials;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLimits;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import dev.barevirt.qmp.wire.WireService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the node's agent: dials, serves until it ends, dials again. An agent that
 * was restarted finds every launcher of its node within a second.
 */
final class AgentDialer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentDialer.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final WireLoop loop;
  private final Path agent;
  private final WireService service;
  private final Semaphore ended = new Semaphore(0);
  private final Thread thread;

  private AgentDialer(WireLoop loop, Path agent, WireService service) {
    this.loop = loop;
    this.agent = agent;
    this.service = service;
    this.thread = Thread.ofVirtual().name("agent").unstarted(this::keepDialling);
  }

  /** Begins to dial. */
  static AgentDialer start(WireLoop loop, Path agent, WireService service) {
    AgentDialer dialer = new AgentDialer(loop, agent, service);
    dialer.thread.start();
    return dialer;
  }

  /** Dials no more; a connection that is open stays so until the loop ends. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void keepDialling() {
    Duration pause = FIRST_PAUSE;
    boolean told = false;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          Served served = new Served();
          OwnedFd socket = UnixSockets.connect(agent);
          WirePeer _ = WirePeer.serve(loop, socket, WireLimits.rpc(), served);
          ended.acquire();
          pause = served.asked ? FIRST_PAUSE : pause;
          told = told && !served.asked;
          LOG.info("the connection to the node's agent has ended");
        } catch (WireException.Unreachable absent) {
          if (!told) {
            LOG.info("the node's agent is not there yet: {}", absent.getMessage());
            told = true;
          }
        }
        boolean _ = ended.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS); // a pause: none ends
        pause = longer(pause);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (WireException.Disconnected loopEnded) {
      LOG.debug("no more dialling: {}", loopEnded.getMessage());
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** One connection: the service, and word of its end. */
  private final class Served implements WireService {
    private volatile boolean asked;

    @Override
    public boolean admits(PeerCredentials peer) {
      return service.admits(peer);
    }

    @Override
    public Optional<RawJson> greeting() {
      return service.greeting();
    }

    @Override
    public void opened(WirePeer peer) {
      service.opened(peer);
    }

    @Override
    public void serve(WireRequest request) throws InterruptedException {
      asked = true;
      service.serve(request);
    }

    @Override
    public void closed(WirePeer peer) {
      service.closed(peer);
      ended.release();
    }
  }
}
