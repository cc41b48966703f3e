using System.CommandLine;
using System.Globalization;
using CdBackuper.Archive.Format;
using CdBackuper.Notices;

namespace CdBackuper.Commands;

internal static class TodoCommand
{
    private const string About = """
        Lists the discs that are worth putting in again, what promises most first, and what to do with each: clean it,
        which drive has not tried it, turn it a quarter. Decided from the records of all attempts in the archive.

        Examples:
          cdbackuper todo --archive /mnt/nas/discs
          cdbackuper todo --json
        """;

    public static Command Create()
    {
        var command = new Command("todo", About);
        command.SetAction(parsed => Run(Session.Of(parsed)));
        return command;
    }

    private static int Run(Session session)
    {
        var archive = session.OpenToRead();
        var discs = TodoDocument.Of(archive);
        session.Answer.Print(discs, DocumentJson.Pretty.IReadOnlyListTodoDocument, () => Describe(discs));
        Session.TellUnreadable(archive);
        return ExitCodes.Success;
    }

    private static string Describe(IReadOnlyList<TodoDocument> discs)
    {
        var lines = discs.Where(disc => !disc.IsGivenUp).Select(Line).ToList();
        if (lines.Count == 0)
        {
            lines.Add("No disc is worth putting in again.");
        }

        var givenUp = discs.Where(disc => disc.IsGivenUp).Select(disc => disc.Number).ToArray();
        if (givenUp.Length > 0)
        {
            lines.Add($"Given up, unless a drive turns up that has not tried them: {string.Join(", ", givenUp)}");
        }

        return string.Join('\n', lines);
    }

    private static string Line(TodoDocument disc)
    {
        var name = TextCut.Start(disc.Label ?? disc.VolumeName ?? "(no name)", DiscText.NameWidth);
        var missing = disc.Damaged + disc.Lost > 0 ? $"{disc.Damaged} damaged, {disc.Lost} lost"
            : disc.Unverified > 0 ? $"{disc.Unverified} unverified"
            : disc.Attempts == 0 ? (disc.Number.Length > 0 ? "not done yet" : "not adopted yet")
            : disc.Condition == DiscCondition.Unreadable ? "nothing read"
            : "folders unread";
        return Answer.Printable(string.Create(CultureInfo.InvariantCulture, $"{(disc.Number.Length > 0 ? disc.Number : "-"),-4}  {name,-DiscText.NameWidth}  {missing,-24}  {disc.Next}"))
            .ReplaceLineEndings(" ");
    }
}
