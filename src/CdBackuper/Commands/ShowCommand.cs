using System.CommandLine;

namespace CdBackuper.Commands;

internal static class ShowCommand
{
    private const string About = """
        Shows how a disc stands: condition, what to do next, and every file, the damaged ones first.

        Example:
          cdbackuper show 0142
        """;

    public static Command Create()
    {
        var disc = DiscArgument.Create();
        var command = new Command("show", About) { disc };
        command.SetAction(parsed =>
        {
            var session = Session.Of(parsed);
            var document = DiscDocument.Of(DiscArgument.Find(session.OpenToRead(), parsed.GetValue(disc)!), withFiles: true);
            session.Answer.Print(document, DocumentJson.Pretty.DiscDocument, () => DiscText.Page(document));
            return ExitCodes.Success;
        });
        return command;
    }
}
