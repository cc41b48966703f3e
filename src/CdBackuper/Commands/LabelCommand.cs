using System.CommandLine;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;

namespace CdBackuper.Commands;

internal static class LabelCommand
{
    private const string About = """
        Labels a disc: writes what a person calls it into its label.txt. An earlier label is replaced,
        and stays in the folder's labels/.

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
            var label = LabelText.Parse(parsed.GetValue(text)!, out var problem)
                ?? throw new UsageException(problem!, "Example: cdbackuper label 0142 \"Summer 2003\"");
            var folder = DiscArgument.Find(session.OpenToRead(), parsed.GetValue(disc)!);
            var labels = new DiscLabels(folder);
            labels.Give(
                new() { Label = label, Given = labels.Now(TimeProvider.System), Source = "command", By = Environment.UserName },
                Guid.NewGuid().ToString("N"));
            var document = DiscDocument.Of(folder, withFiles: true);
            session.Answer.Print(document, DocumentJson.Pretty.DiscDocument, () => DiscText.Line(document));
            return ExitCodes.Success;
        });
        return command;
    }
}
