using System.CommandLine;

namespace CdBackuper.Commands;

internal static class DoctorCommand
{
    private const string About = """
        Looks at everything that is needed: tools, drives and permissions, the archive, the settings and their source.
        Exits with 1 when the main job could not run.

        Example:
          cdbackuper doctor --archive /mnt/nas/discs
        """;

    public static Command Create()
    {
        var command = new Command("doctor", About);
        command.SetAction(parsed =>
        {
            var session = Session.OfAnySettings(parsed);
            var examination = new Examination(session.Settings);
            IReadOnlyList<Finding> findings =
            [
                .. Examination.Tools(),
                .. examination.Drives(),
                .. examination.Archive(),
                .. NoticeFindings.Of(session.Settings),
                .. session.SettingProblems.Select(problem =>
                    new Finding("setting.wrong", FindingLevel.Error, problem, "Put it right, or leave it out; until then the commands that need the settings refuse to start.")),
                .. session.SettingLines.Select(line =>
                    new Finding($"setting.{line.Name}", FindingLevel.Ok, $"{line.Name} = {line.Value} ({line.Source})")),
            ];
            session.Answer.Print(
                findings, DocumentJson.Pretty.IReadOnlyListFinding, () => string.Join('\n', findings.Select(Line)));
            return findings.Any(finding => finding.Level == FindingLevel.Error) ? ExitCodes.Failed : ExitCodes.Success;
        });
        return command;
    }

    private static string Line(Finding finding)
    {
        var mark = finding.Level switch
        {
            FindingLevel.Ok => "ok     ",
            FindingLevel.Warning => "warning",
            _ => "ERROR  ",
        };
        return Answer.Printable($"{mark}  {finding.Message}{(finding.Next.Length > 0 ? $"\n         {finding.Next}" : "")}");
    }
}
