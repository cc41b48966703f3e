using System.Text.RegularExpressions;

namespace CdBackuper.Linux.Processes;

/// <summary>A program to run and its arguments, as plain data.</summary>
/// <param name="Program">A name to be found by <see cref="Child.FindProgram"/>, or a path (anything with a slash).</param>
/// <param name="Arguments">Without the program's name; passed as they are, no shell is between. None may contain NUL.</param>
public sealed partial record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>How long the child may take to end after SIGINT, before SIGKILL. Zero kills at once. Default 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What it finds on its standard input, held in memory as a whole; empty for none (/dev/null).</summary>
    public string Answer { get; init; } = "";

    /// <returns>The command line, quoted so that a shell takes it back: for records and messages.</returns>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quote));

    private static string Quote(string word) =>
        Plain().IsMatch(word) ? word : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex Plain();
}
