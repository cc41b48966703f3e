using System.CommandLine;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Commands;

internal static class ListCommand
{
    private const string About = """
        Lists the archive's discs, one line each: number, label or volume name, condition, files, size, when, folder.
        With --files lists the names on a disc or image without importing it, as they would lie in the archive.

        Examples:
          cdbackuper list --archive /mnt/nas/discs
          cdbackuper list --files /dev/sr0
          cdbackuper list --files disc.iso --json
        """;

    public static Command Create()
    {
        var files = new Option<string?>("--files")
        {
            Description = "List the names on this drive or image instead.",
            HelpName = "SOURCE",
        };
        var command = new Command("list", About) { files };
        command.SetAction(parsed => parsed.GetValue(files) is { } source
            ? ListFiles(Session.Of(parsed), source)
            : ListDiscs(Session.Of(parsed)));
        return command;
    }

    private static int ListDiscs(Session session)
    {
        IReadOnlyList<DiscDocument> discs =
        [
            .. session.OpenToRead().Discs()
                .Select(folder => DiscDocument.Of(folder, withFiles: false))
                .OrderBy(disc => disc.Number, StringComparer.Ordinal),
        ];
        session.Answer.Print(
            discs,
            DocumentJson.Pretty.IReadOnlyListDiscDocument,
            () => discs.Count == 0 ? "The archive has no discs yet." : string.Join('\n', discs.Select(DiscText.Line)));
        return ExitCodes.Success;
    }

    private static int ListFiles(Session session, string source)
    {
        var content = SourceReading.Of(session, source, "list").Content ?? throw SourceReading.NothingIn(source);
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
