package dev.barevirt.launcher.cli;

/** Makes the one command object that is asked for. */
final class CommandFactory {
  private final Session session;

  CommandFactory(Session session) {
    this.session = session;
  }

  Action create(Verb verb) {
    return switch (verb) {
      case RUN -> new RunCommand(session);
      case CREATE -> new CreateCommand(session);
      case START -> new StartCommand(session);
      case STOP -> new StopCommand(session);
      case RESTART -> new RestartCommand(session);
      case RESET -> new ResetCommand(session);
      case PAUSE -> new PauseCommand(session);
      case UNPAUSE -> new UnpauseCommand(session);
      case DELETE -> new DeleteCommand(session);
      case PS -> new PsCommand(session);
      case INSPECT -> new InspectCommand(session);
      case LOGS -> new LogsCommand(session);
      case EVENTS -> new EventsCommand(session);
      case GUESTINFO -> new GuestinfoCommand(session);
      case SCREENSHOT -> new ScreenshotCommand(session);
      case CONSOLE -> new ConsoleCommand(session);
      case VNC -> new VncCommand(session);
      case EXEC -> new ExecCommand(session);
      case SSH -> new SshCommand(session);
      case CP -> new CpCommand(session);
      case PORT_FORWARD -> new PortForwardCommand(session);
      case ATTACH_DISK -> new AttachDiskCommand(session);
      case ATTACH_NIC -> new AttachNicCommand(session);
      case DETACH_DISK -> new DetachDiskCommand(session);
      case DETACH_NIC -> new DetachNicCommand(session);
      case RESIZE -> new ResizeCommand(session);
      case SNAPSHOT_CREATE -> new SnapshotCreateCommand(session);
      case SNAPSHOT_LS -> new SnapshotLsCommand(session);
      case SNAPSHOT_RESTORE -> new SnapshotRestoreCommand(session);
      case SNAPSHOT_DELETE -> new SnapshotDeleteCommand(session);
      case SAVE -> new SaveCommand(session);
      case RESTORE -> new RestoreCommand(session);
      case IMAGE_IMPORT -> new ImageImportCommand(session);
      case IMAGE_PULL -> new ImagePullCommand(session);
      case IMAGE_LS -> new ImageLsCommand(session);
      case IMAGE_RM -> new ImageRmCommand(session);
      case IMAGE_CONVERT -> new ImageConvertCommand(session);
      case SPEC_INIT -> new SpecInitCommand(session);
      case SPEC_VALIDATE -> new SpecValidateCommand(session);
      case SPEC_EXPLAIN -> new SpecExplainCommand(session);
      case SPEC_RENDER -> new SpecRenderCommand(session);
      case DOCTOR -> new DoctorCommand(session);
      case CAPABILITIES -> new CapabilitiesCommand(session);
      case QMP -> new QmpCommand(session);
      case GC -> new GcCommand(session);
      case COMPLETION -> new CompletionCommand(session);
      case VERSION -> new VersionCommand(session);
    };
  }
}
