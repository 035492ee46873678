//! One plan: what the commands share that make something of a single plan.

use crate::cli::args::{FailOn, Judging};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::reading::Source;
use crate::cli::setup::{Setup, Setups};
use crate::cli::{documents, input, ocr};
use std::path::{Path, PathBuf};

/// A plan that is to be read and judged here.
pub(crate) struct OnePlan {
    /// The path alone, as what is written must not be written over it.
    pub(crate) files: Vec<PathBuf>,
    /// Where its bytes come from, if they may be read here.
    pub(crate) source: Source,
    pub(crate) setups: Setups,
}

impl OnePlan {
    /// Gets everything ready for the plan at `path`, or ends with what a watched process did in its place.
    pub(crate) fn at(path: &Path, judging: &Judging, fail_on: Option<FailOn>) -> Result<Result<Self, Exit>, Problem> {
        let files = input::files(&[path.to_owned()])?;
        let [file] = files.as_slice() else {
            return Err(Problem::OnePlan { path: path.display().to_string(), count: files.len() });
        };
        ocr::ready(judging.reading.any.ocr)?;
        let source = match documents::watched(file) {
            Ok(source) => source,
            Err(done) => return Ok(Err(done)),
        };
        let setups = Setups::of(&files, &judging.config, |config| Setup::of_check(&judging.asked(fail_on), config))?;
        Ok(Ok(Self { files, source, setups }))
    }

    /// The plan's path, its setup, and the setup's number.
    pub(crate) fn setup(&self) -> Option<(&Path, &Setup, usize)> {
        self.setups.each(&self.files).next()
    }
}
