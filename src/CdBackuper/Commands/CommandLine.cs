using System.CommandLine;
using System.CommandLine.Help;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Commands;

/// <summary>The commands, and the one place where what they throw becomes a message and an exit code.</summary>
internal static class CommandLine
{
    private const string About = """
        Saves what is on old CDs and DVDs: rescues a disc with ddrescue, reads its file system, and puts every file,
        whole and hashed, into an archive. A damaged disc gets further each time it is put into another drive.

        Examples:
          cdbackuper watch --archive /mnt/nas/discs      do every disc that is put into any drive
          cdbackuper import disc.iso                     do one disc or image
          cdbackuper list --files /dev/sr0               what is on a disc, without importing it
          cdbackuper show 0142                           how a disc stands, damaged files first
        """;

    public static int Run(string[] args)
    {
        var parsed = Create().Parse(args);
        var answer = new Answer(parsed.GetResult(GlobalOptions.Json) is { Implicit: false });
        if (parsed.Errors.Count > 0)
        {
            var (problem, next) = UsageText.Of(parsed);
            return answer.Fail(ExitCodes.Usage, problem, next);
        }

        try
        {
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException usage)
        {
            return answer.Fail(ExitCodes.Usage, usage.Message, usage.Next);
        }
        catch (SettingsException settings)
        {
            return answer.Fail(ExitCodes.Usage, settings.Message, "cdbackuper doctor shows all settings and where they come from.");
        }
        catch (ArchiveException fault)
        {
            return answer.Fail(ExitCodes.Failed, fault.Message, fault.Next);
        }
        catch (DriveFaultException fault) when (fault.Fault == DriveFault.NotADisc)
        {
            return answer.Fail(ExitCodes.Usage, fault.Message, fault.Next);
        }
        catch (DriveFaultException fault)
        {
            return answer.Fail(ExitCodes.Failed, fault.Message, "cdbackuper doctor looks at every drive.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return answer.Fail(ExitCodes.Failed, fault.Message, "cdbackuper doctor looks at everything that is needed.");
        }
        catch (OperationCanceledException)
        {
            return answer.Fail(ExitCodes.Interrupted, "Interrupted.", "Run the same command again to go on.");
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand(About)
        {
            WatchCommand.Create(),
            ServeCommand.Create(),
            ImportCommand.Create(),
            ListCommand.Create(),
            ShowCommand.Create(),
            TodoCommand.Create(),
            LabelCommand.Create(),
            BotCommand.Create(),
            AdoptCommand.Create(),
            NotifyCommand.Create(),
            DoctorCommand.Create(),
            DemoCommand.Create(),
        };
        root.Options.Add(GlobalOptions.Archive);
        root.Options.Add(GlobalOptions.Json);
        root.Options.Add(GlobalOptions.LogFormat);
        root.Options.Add(GlobalOptions.NameEncoding);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new RootHelp(help.Action!);
        return root;
    }
}
