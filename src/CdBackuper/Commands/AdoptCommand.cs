using System.CommandLine;
using System.Diagnostics;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Jobs;

namespace CdBackuper.Commands;

internal static class AdoptCommand
{
    private const string About = """
        Looks at the folders that the predecessor script made, without their discs: which can't be trusted and why (sectors
        that were never read, runs of zeros, missing images and files), and which discs to put in again, in which order.
        Then gives each a number, a listing and a manifest; no file is touched, and all are marked as not verified. A disc
        that is put in again is compared with its folder and repairs it, whether the folder was adopted or not.

        Exit codes: 0 nothing speaks against any folder, 3 some can't be trusted, 1 failed, 2 usage, 130 interrupted.

        Examples:
          cdbackuper adopt --dry-run --archive /mnt/nas/discs
          cdbackuper adopt --json
        """;

    private static readonly TimeSpan BetweenNews = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Report only; write nothing." };
        var command = new Command("adopt", About) { dryRun };
        command.SetAction(parsed => Run(Session.Of(parsed), parsed.GetValue(dryRun)));
        return command;
    }

    private static int Run(Session session, bool isDryRun)
    {
        var archive = isDryRun ? session.OpenToRead() : session.OpenToWrite(mayBeMade: false);
        using var interruption = new Interruption();
        var folders = archive.DiscNames()
            .Order(StringComparer.Ordinal)
            .Select(archive.Disc)
            .Where(folder => !File.Exists(folder.IdentityPath) && (folder.LooksLikeDisc || File.Exists(folder.LabelPath)))
            .ToArray();
        var adopter = new PredecessorAdopter(archive, session.Settings, TimeProvider.System);
        var reports = new List<PredecessorReport>();
        var lines = new List<AdoptDocument.FolderLine>();
        foreach (var folder in folders)
        {
            var news = new News($"{reports.Count + 1} of {folders.Length}: {folder.Name}");
            var report = new PredecessorSurvey(folder).Look(news.Take, interruption.Token);
            var isAdopted = isDryRun ? folder.LoadListing() is not null : adopter.TryAdopt(report);
            reports.Add(report);
            lines.Add(AdoptDocument.LineOf(report, isAdopted));
        }

        var document = new AdoptDocument(archive.Path, isDryRun, lines, [.. InOrder(reports)]);
        session.Answer.Print(document, DocumentJson.Pretty.AdoptDocument, () => string.Join('\n', AdoptText.Lines(document)));
        return document.InsertAgain.Count == 0 ? ExitCodes.Success : ExitCodes.Damaged;
    }

    /// <summary>First where most files are in doubt, then where most was never read.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<PredecessorReport> reports) => reports
        .Where(report => report.Doubts.Count > 0)
        .OrderByDescending(report => report.DoubtfulFiles)
        .ThenByDescending(report => report.UnreadBytes)
        .ThenByDescending(report => report.Doubts.Count)
        .ThenBy(report => report.Folder.Name, StringComparer.Ordinal)
        .Select(report => report.Folder.Name);

    /// <summary>Says once a second which file is read.</summary>
    private sealed class News(string what)
    {
        private static long told = Stopwatch.GetTimestamp();

        public void Take(string path)
        {
            var last = Interlocked.Read(ref told);
            if (Stopwatch.GetElapsedTime(last) > BetweenNews
                && Interlocked.CompareExchange(ref told, Stopwatch.GetTimestamp(), last) == last)
            {
                Answer.Say($"{what}: {path}");
            }
        }
    }
}
