using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>What must be true once a disturbed disc was put in again.</summary>
internal static class Recovery
{
    /// <returns>What is not as after an undisturbed import, a line each.</returns>
    public static IReadOnlyList<string> Check(CrashScenario scenario, string archive, string image, KeptFiles kept)
    {
        Age(archive);
        var again = scenario.Node.Run(scenario.Arguments(archive, image));
        var wrong = new List<string>();
        if (again.ExitCode != scenario.ExitCode)
        {
            wrong.Add($"the next import was to end with {scenario.ExitCode}: {again}");
        }

        wrong.AddRange(kept.Worse(scenario.Disc).Select(line => $"after the next import: {line}"));
        wrong.AddRange(ArchiveFacts.Difference(scenario.Undisturbed, ArchiveFacts.Of(archive)));
        foreach (var folder in KeptFiles.DiscsOf(archive))
        {
            var sums = Tool.Run("bash", "-c", "cd \"$1\" && sha256sum --check --strict --quiet manifest-sha256.txt", "sums", folder.Path);
            if (sums.ExitCode != 0)
            {
                wrong.Add($"sha256sum -c: {sums}");
            }
        }

        return wrong;
    }

    /// <summary>
    /// A day goes by: what is common to all discs is written by many at once, so that there only what is a day old is known to
    /// be a crash's.
    /// </summary>
    public static void Age(string archive) => Tool.Script(
        """
        find "$1" -maxdepth 1 -name '*.new' -exec touch -d '2 days ago' {} +
        [[ ! -d $1/.cdbackuper ]] || find "$1/.cdbackuper" -name '*.new' -exec touch -d '2 days ago' {} +
        """,
        archive);
}
