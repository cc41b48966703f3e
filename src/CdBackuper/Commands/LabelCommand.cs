using System.CommandLine;

namespace CdBackuper.Commands;

internal static class LabelCommand
{
    /// <summary>Longer than anything a person writes on a disc.</summary>
    private const int MaxLabelLength = 2000;

    private const string About = """
        Labels a disc: writes what a person calls it into its label.txt. An earlier label is replaced.

        Example:
          cdbackuper label 0142 "Summer 2003, Été à la mer"
        """;

    public static Command Create()
    {
        var disc = DiscArgument.Create();
        var text = new Argument<string>("TEXT") { Description = "What a person calls the disc." };
        var command = new Command("label", About) { disc, text };
        command.SetAction(parsed =>
        {
            var session = Session.Of(parsed);
            var label = parsed.GetValue(text)!.Trim();
            if (label.Length is 0 or > MaxLabelLength)
            {
                throw new UsageException($"A label has 1 to {MaxLabelLength} characters.", "Example: cdbackuper label 0142 \"Summer 2003\"");
            }

            var folder = DiscArgument.Find(session.OpenToRead(), parsed.GetValue(disc)!);
            folder.StoreLabel(label);
            var document = DiscDocument.Of(folder, withFiles: true);
            session.Answer.Print(document, DocumentJson.Pretty.DiscDocument, () => DiscText.Line(document));
            return ExitCodes.Success;
        });
        return command;
    }
}
