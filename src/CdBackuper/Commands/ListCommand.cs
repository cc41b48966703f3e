using System.CommandLine;

namespace CdBackuper.Commands;

internal static class ListCommand
{
    private const string About = """
        Lists the archive's discs, one line each: number, label or volume name, condition, files, size, when, folder.

        Example:
          cdbackuper list --archive /mnt/nas/discs
        """;

    public static Command Create()
    {
        var command = new Command("list", About);
        command.SetAction(parsed =>
        {
            var session = Session.Of(parsed);
            IReadOnlyList<DiscDocument> discs =
                [.. session.OpenToRead().Discs().Select(folder => DiscDocument.Of(folder, withFiles: false)).OrderBy(disc => disc.Number, StringComparer.Ordinal)];
            session.Answer.Print(
                discs,
                DocumentJson.Pretty.IReadOnlyListDiscDocument,
                () => discs.Count == 0 ? "The archive has no discs yet." : string.Join('\n', discs.Select(DiscText.Line)));
            return ExitCodes.Success;
        });
        return command;
    }
}
