using System.CommandLine;
using CdBackuper.Jobs;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Commands;

internal static class ListCommand
{
    private const string About = """
        Lists the archive's discs, one line each: number, label or volume name, condition, files, size, when, folder.
        With --files lists the names on a disc or image without importing it, as they would lie in the archive. When a disc
        was tried is in this machine's time, the times of files are in UTC.

        Examples:
          cdbackuper list --archive /mnt/nas/discs
          cdbackuper list --files /dev/sr0
          cdbackuper list disc.iso --files --json
        """;

    public static Command Create()
    {
        var files = LookOption.Create("--files", "List the names on this drive or image instead.");
        var beside = new Argument<string?>("SOURCE")
        {
            Description = "With --files: the drive or image, where it doesn't follow --files.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", About) { beside, files };
        command.SetAction(parsed => (parsed.GetValue(beside), LookOption.Source(parsed, files, parsed.GetValue(beside))) switch
        {
            (_, { } source) => ListFiles(Session.Of(parsed), source),
            (null, null) => ListDiscs(Session.Of(parsed)),
            ({ } text, null) => throw new UsageException(
                $"list shows all discs of the archive, and '{text}' is one too many words.",
                $"cdbackuper list --files {text} lists the names on a drive or image, cdbackuper show {text} a disc of the archive."),
        });
        return command;
    }

    private static int ListDiscs(Session session)
    {
        var archive = session.OpenToRead();
        IReadOnlyList<DiscDocument> discs =
        [
            .. archive.Discs()
                .Select(folder => DiscDocument.Of(folder, withFiles: false))
                .OrderBy(disc => disc.Number, StringComparer.Ordinal),
        ];
        session.Answer.Print(
            discs,
            DocumentJson.Pretty.IReadOnlyListDiscDocument,
            () => discs.Count > 0 ? string.Join('\n', discs.Select(DiscText.Line))
                : archive.IsMarked ? "The archive has no discs yet."
                : $"{archive.Path} is no archive yet: there is no disc's folder in it.");
        Session.TellUnreadable(archive);
        if (discs.Count(disc => disc.HasStatus && disc.Number.Length == 0) is > 0 and var count)
        {
            Answer.Say($"{Words.Count(count, "folder")} of the predecessor's without a number: cdbackuper adopt --dry-run says how it looks there, cdbackuper adopt gives numbers.");
        }

        return ExitCodes.Success;
    }

    private static int ListFiles(Session session, string source)
    {
        var reading = SourceReading.Of(session, source, "list");
        var content = reading.Content ?? throw reading.Nothing(source);
        if (session.Answer.IsJson)
        {
            Answer.PrintDocument(FilesDocument.Of(source, content), DocumentJson.Pretty.FilesDocument);
        }
        else
        {
            using var output = Console.OpenStandardOutput();
            FilesText.Write(content.Entries, EntryPaths.Assign(content.Entries), output);
        }

        return ExitCodes.Success;
    }
}
