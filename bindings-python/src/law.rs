//! Facts, rulebooks and the law on a day.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDate, PyDict, PyList, PyMapping, PyString, PyTuple, PyType};
use serde_json::{Map, Value, json};
use sitthi::compile::{self, SourceFile};
use sitthi::examples::{Selection, TestReport};
use sitthi::facts::{FactKind, Group};
use sitthi::review;
use sitthi::survey::PlanCache;
use sitthi::{ErrorCode, Status};

use crate::convert::{self, to_json, to_python};
use crate::fault::{Refused, raise};
use crate::folder::{BUILT_IN, sources};
use crate::interview::Interview;

macro_rules! facts {
    ($(#[doc = $about:literal])* $type:ident) => {
        $(#[doc = $about])*
        #[pyclass(frozen, module = "sitthi", from_py_object)]
        #[derive(Clone)]
        pub struct $type(pub sitthi::$type);

        impl $type {
            fn read(given: &Bound<'_, PyAny>) -> PyResult<Self> {
                Ok(Self(sitthi::$type::from_value(&to_json(given, "")?).map_err(raise)?))
            }

            /// Facts given ready-made or as a mapping.
            pub fn take<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, Self>> {
                match given.cast::<Self>() {
                    Ok(ready) => Ok(Cow::Borrowed(ready.get())),
                    Err(_) => Ok(Cow::Owned(Self::read(given)?)),
                }
            }
        }

        #[pymethods]
        impl $type {
            #[new]
            #[pyo3(signature = (**facts))]
            fn new(py: Python<'_>, facts: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                let read = Self::read(facts.unwrap_or(&PyDict::new(py)))?;
                for name in read.0.declared.keys() {
                    misspelt(name, &sitthi::$type::GROUP)?;
                }
                Ok(read)
            }

            /// The facts of a mapping, nested as in JSON.
            #[classmethod]
            fn from_dict(_: &Bound<'_, PyType>, facts: &Bound<'_, PyAny>) -> PyResult<Self> {
                Self::read(facts)
            }

            /// The facts of a JSON object.
            #[classmethod]
            fn from_json(_: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
                let value = sitthi::facts::read_json(text).map_err(raise)?;
                Ok(Self(sitthi::$type::from_value(&value).map_err(raise)?))
            }

            /// The known facts, as `from_dict` takes them.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, &self.0.to_value())
            }

            /// The known facts as JSON.
            fn to_json(&self) -> String {
                self.0.to_value().to_string()
            }

            fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
                let Some(fact) = sitthi::$type::GROUP.facts.iter().find(|fact| fact.name == name) else {
                    let message = format!("`{}` has no fact `{}`", stringify!($type), sitthi::values::shown(name));
                    return Err(pyo3::exceptions::PyAttributeError::new_err(message));
                };
                let value = self.0.to_value().get(name).cloned().unwrap_or(Value::Null);
                match (fact.kind, &value) {
                    (FactKind::Money, Value::String(text)) => py.import("decimal")?.getattr("Decimal")?.call1((text,)),
                    (FactKind::Date, Value::String(text)) => match sitthi::Date::parse(text) {
                        Ok(day) => Ok(python_date(py, day)?.into_any()),
                        Err(_) => to_python(py, &value),
                    },
                    _ => to_python(py, &value),
                }
            }

            fn __repr__(&self) -> String {
                let value = self.0.to_value();
                let shown = value.as_object().into_iter().flatten().map(|(name, value)| format!("{}={}", sitthi::values::shown(name), python_text(value)));
                format!("{}({})", stringify!($type), shown.collect::<Vec<_>>().join(", "))
            }

            /// A view for notebooks: which facts are known, never what they are.
            #[pyo3(name = "_repr_html_")]
            fn view<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                this.py().import("sitthi._html")?.call_method1("facts", (this,))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((py.get_type::<Self>().getattr("from_json")?, (self.to_json(),)))
            }
        }
    };
}

facts! {
    /// A person as far as labour protection asks; every fact may be unknown.
    Worker
}
facts! {
    /// What happened to a person at work; every fact may be unknown.
    Complaint
}

/// Refuses a name that is no fact and near one: a rulebook may declare any other, which is looked for when it is asked.
fn misspelt(name: &str, group: &Group) -> Result<(), Refused> {
    if Rulebook::built_in().inner.book().program.layout.declared(name).is_some() {
        return Ok(());
    }
    match sitthi::values::nearest(name, group.facts.iter().map(|fact| fact.name)) {
        None => Ok(()),
        Some(near) => Err(sitthi::FactError::UnknownFact {
            fact: name.to_owned(),
            nearest: Some(near.to_owned()),
        }
        .into()),
    }
}

fn python_text(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => sitthi::values::shown(&number.to_string()),
        Value::String(text) => format!("'{}'", sitthi::values::shown(text)),
        Value::Array(items) => format!("[{}]", items.iter().map(python_text).collect::<Vec<_>>().join(", ")),
        Value::Object(object) => {
            format!(
                "{{{}}}",
                object
                    .iter()
                    .map(|(name, value)| format!("'{}': {}", sitthi::values::shown(name), python_text(value)))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
    }
}

fn python_date(py: Python<'_>, day: sitthi::Date) -> PyResult<Bound<'_, PyDate>> {
    PyDate::new(
        py,
        day.year(),
        u8::try_from(day.month_number()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )
}

/// A result of the named class over the core's JSON.
fn result<'py>(py: Python<'py>, class: &str, json: String) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || PyResult::Ok(py.import("sitthi.results")?.unbind()))?;
    module.bind(py).getattr(class)?.call1((json,))
}

/// What is worked out once for a rulebook and kept with it.
struct Kept {
    facts: PyOnceLock<Py<PyDict>>,
    schemes: PyOnceLock<Vec<Py<PyString>>>,
    plans: PlanCache,
}

impl Kept {
    /// The ids of the schemes as Python has them.
    fn schemes(&self, py: Python<'_>, book: &sitthi::Rulebook) -> &[Py<PyString>] {
        self.schemes.get_or_init(py, || {
            let ids = book.schemes().iter().map(|scheme| PyString::intern(py, &scheme.id).unbind());
            ids.collect()
        })
    }
}

/// Law as data: every version that it knows, checked and compiled.
#[pyclass(frozen, module = "sitthi", from_py_object)]
#[derive(Clone)]
pub struct Rulebook {
    inner: sitthi::Rulebook,
    sources: Option<Arc<Vec<SourceFile>>>,
    kept: Arc<Kept>,
}

#[pymethods]
impl Rulebook {
    /// The rulebook that the package carries.
    #[staticmethod]
    fn built_in() -> Self {
        static BUILT_IN: OnceLock<Rulebook> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::of(sitthi::Rulebook::built_in())).clone()
    }

    /// The rule files that the built-in rulebook was compiled from, with the notes beside them, by their paths.
    #[staticmethod]
    fn built_in_files() -> std::collections::BTreeMap<&'static str, &'static str> {
        BUILT_IN.iter().copied().collect()
    }

    /// A compiled rulebook given at run time.
    #[staticmethod]
    fn open(compiled: &[u8]) -> PyResult<Self> {
        Ok(Self::of(sitthi::Rulebook::open(compiled).map_err(raise)?))
    }

    /// A folder of rule files, checked and compiled.
    #[staticmethod]
    fn from_folder(py: Python<'_>, folder: std::path::PathBuf) -> PyResult<Self> {
        let sources = sources(&folder)?;
        let inner = py.detach(|| sitthi::Rulebook::from_sources(&sources)).map_err(raise)?;
        let sources = Some(Arc::new(sources));
        Ok(Self {
            sources,
            ..Self::of(inner)
        })
    }

    /// Every error and warning of a folder of rule files; none where it is sound.
    #[staticmethod]
    fn check<'py>(py: Python<'py>, folder: std::path::PathBuf) -> PyResult<Bound<'py, PyAny>> {
        let sources = sources(&folder)?;
        let (_, diagnostics) = py.detach(|| compile::diagnose(&sources));
        let listed = diagnostics
            .iter()
            .map(|diagnostic| result(py, "Diagnostic", json!(diagnostic).to_string()))
            .collect::<PyResult<Vec<_>>>()?;
        Ok(PyList::new(py, listed)?.into_any())
    }

    /// The files of `vocabulary/en/` with a line for every text that has no English yet, by path: only those that gain one.
    #[staticmethod]
    fn english(py: Python<'_>, folder: std::path::PathBuf) -> PyResult<std::collections::BTreeMap<String, String>> {
        let sources = sources(&folder)?;
        let files = py.detach(|| compile::english(&sources));
        Ok(files.into_iter().map(|file| (file.path, file.text)).collect())
    }

    /// What comes of the examples of a folder of rule files: all of them, those of one file, or one.
    #[staticmethod]
    #[pyo3(signature = (folder, *, file = None, example = None))]
    fn test<'py>(
        py: Python<'py>,
        folder: std::path::PathBuf,
        file: Option<String>,
        example: Option<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let sources = sources(&folder)?;
        let selection = Selection { file, example };
        let report = py.detach(|| match sitthi::Rulebook::from_sources(&sources) {
            Ok(rulebook) => rulebook.test_selected(&sources, &selection).map(|report| json!(report)),
            Err(diagnostics) => Ok(json!(TestReport::from(diagnostics))),
        });
        result(py, "TestReport", report.map_err(raise)?.to_string())
    }

    /// Changes the law of a folder of rule files by the least that is another law, and lists what none of its examples notices.
    #[staticmethod]
    #[pyo3(signature = (folder, *, file = None))]
    fn mutate<'py>(py: Python<'py>, folder: std::path::PathBuf, file: Option<String>) -> PyResult<Bound<'py, PyAny>> {
        let sources = sources(&folder)?;
        let report = py.detach(|| sitthi::Rulebook::mutate(&sources, file.as_deref())).map_err(raise)?;
        result(py, "MutationReport", json!(report).to_string())
    }

    /// The compiled form of a folder of rule files.
    #[staticmethod]
    fn compile<'py>(py: Python<'py>, folder: std::path::PathBuf) -> PyResult<Bound<'py, PyBytes>> {
        Self::from_folder(py, folder)?.to_bytes(py)
    }

    /// A rulebook as `__reduce__` keeps it: the built-in one by its digest, any other by its compiled form and its rule files.
    #[staticmethod]
    #[pyo3(name = "_restored")]
    fn restored(digest: u64, edition: &str, compiled: Option<&[u8]>, sources: Option<Vec<(String, String)>>) -> PyResult<Self> {
        static LAST: Mutex<Option<Rulebook>> = Mutex::new(None);
        let known = match compiled {
            None => Some(Self::built_in()),
            Some(_) => LAST.lock().ok().and_then(|last| last.clone()),
        };
        let opened = match (known.filter(|known| known.inner.digest() == digest), compiled) {
            (Some(known), _) => known,
            (None, Some(compiled)) => Self::open(compiled)?,
            (None, None) => {
                let here = Self::built_in().inner.edition();
                let message =
                    format!("the rulebook built in here, of edition {here}, is not the one of edition {edition} that was pickled");
                return Err(Refused::new(
                    ErrorCode::AnotherRulebook,
                    message,
                    None,
                    Some(edition.to_owned()),
                    "the version of sitthi that pickled it",
                )
                .into());
            }
        };
        // Thousands of decisions, each with its rulebook, are one rulebook.
        if let (Ok(mut last), Some(_)) = (LAST.lock(), compiled) {
            *last = Some(opened.clone());
        }
        let file = |(path, text)| SourceFile { path, text };
        Ok(Self {
            sources: sources.map(|files| Arc::new(files.into_iter().map(file).collect())),
            ..opened
        })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let digest = self.inner.digest();
        let compiled = (digest != sitthi::Rulebook::built_in().digest())
            .then(|| self.to_bytes(py))
            .transpose()?;
        let sources = self.sources.as_ref().map(|files| {
            let files = files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
            files.collect::<Vec<_>>()
        });
        let kept = (digest, self.inner.edition(), compiled, sources).into_pyobject(py)?;
        Ok((py.get_type::<Self>().getattr("_restored")?, kept))
    }

    fn __copy__(&self) -> Self {
        self.clone()
    }

    fn __deepcopy__(&self, _memo: &Bound<'_, PyAny>) -> Self {
        self.clone()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| self.inner.digest() == other.get().inner.digest())
    }

    fn __hash__(&self) -> u64 {
        self.inner.digest()
    }

    /// The compiled form.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.inner.to_bytes().map_err(raise)?))
    }

    /// The law as asked about a day.
    fn on(&self, day: &Bound<'_, PyAny>) -> PyResult<Law> {
        Ok(Law {
            inner: self.inner.on(convert::day(day)?),
            kept: Arc::clone(&self.kept),
        })
    }

    /// What changed between two days, both included, in the order of days.
    fn changes<'py>(&self, py: Python<'py>, first: &Bound<'py, PyAny>, last: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let listed = self.inner.changes(convert::day(first)?, convert::day(last)?);
        let changes = listed
            .iter()
            .map(|change| result(py, "Change", serde_json::to_string(change).unwrap_or_default()));
        PyList::new(py, changes.collect::<PyResult<Vec<_>>>()?)
    }

    /// All that a plan holds: structure, dates, indicators with their series, targets, scales.
    fn plan<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        result(py, "Plan", self.inner.plan(id).map_err(raise)?.to_json())
    }

    /// The review sheet of a plan, as a page of HTML that stands alone.
    fn plan_sheet(&self, id: &str) -> PyResult<String> {
        sitthi::review::plan_sheet(&self.inner, id).map_err(raise)
    }

    /// The rulebook with one more plan, written in TOML: a path, or the text itself. Figures stand in the text or in CSV files beside it.
    fn with_plan(&self, py: Python<'_>, plan: &Bound<'_, PyAny>) -> PyResult<Self> {
        let given = plan.extract::<String>().ok().filter(|text| text.contains(['\n', '=']));
        let inner = match given {
            Some(text) => py.detach(|| self.inner.with_plan(&text, &[])),
            None => {
                let path: std::path::PathBuf = plan.extract()?;
                py.detach(|| self.inner.with_plan_file(&path))
            }
        };
        Ok(Self {
            sources: self.sources.clone(),
            ..Self::of(inner.map_err(raise)?)
        })
    }

    /// The rulebook with another value in one column of a table, from a day on or in every row: a reform to try.
    #[pyo3(signature = (path, value, from_day = None))]
    fn with_value(&self, path: &str, value: &Bound<'_, PyAny>, from_day: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let from = from_day.map(convert::day).transpose()?;
        let said = if value.is_none() {
            pyo3::types::PyString::new(value.py(), "none")
        } else {
            value.str()?
        };
        Ok(Self::of(self.inner.with_value(path, &said.to_cow()?, from).map_err(raise)?))
    }

    /// The review sheets of the rule files: the id of each file and its HTML page, the index first.
    fn sheets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let Some(sources) = &self.sources else {
            let expected = "a rulebook of rule files: Rulebook.from_folder(\"core/rulebook\")";
            return Err(Refused::new(
                ErrorCode::NoRuleFiles,
                "review sheets are written from rule files; this rulebook was opened compiled",
                None,
                None,
                expected,
            )
            .into());
        };
        let pages = PyDict::new(py);
        for (id, page) in py.detach(|| review::sheets(sources)).map_err(raise)? {
            pages.set_item(id, page)?;
        }
        Ok(pages)
    }

    /// The edition: year and month of the day it was last compared with the law.
    #[getter]
    fn edition(&self) -> String {
        self.inner.edition()
    }

    /// The day someone last compared it with the law.
    #[getter]
    fn checked_on<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.inner.checked_on().map(|day| python_date(py, day)).transpose()
    }

    /// The ids of its schemes, in their order.
    #[getter]
    fn schemes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.schemes().iter().map(|scheme| scheme.id.as_str()))
    }

    /// The ids of its definitions and standards, in the order of a classification.
    #[getter]
    fn definitions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(
            py,
            sitthi::survey::definitions(self.inner.book())
                .map(|(_, _, id)| id)
                .collect::<Vec<_>>(),
        )
    }

    /// The ids of its plans.
    #[getter]
    fn plans<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.book().plans.iter().map(|plan| plan.id.as_str()))
    }

    /// The JSON Schema (draft 2020-12) of what is given: `Worker`, `Complaint` and `PlanInput` under `$defs`, with the codes of this rulebook
    /// and the facts that it declares.
    fn facts_schema(&self) -> String {
        self.inner.facts_schema()
    }

    /// Every column that a frame may have: its kind, and its codes where it has a list. Made once: what takes it must not change it.
    fn shared_facts(&self, py: Python<'_>) -> PyResult<Py<PyDict>> {
        let facts = self.kept.facts.get_or_try_init(py, || self.facts(py).map(Bound::unbind))?;
        Ok(facts.clone_ref(py))
    }

    /// Every column that a frame may have: its kind, and its codes where it has a list.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let layout = &self.inner.book().program.layout;
        let facts = PyDict::new(py);
        let of_worker = |name: &str| {
            let head = name.split('.').next().unwrap_or(name);
            let in_group = |group: &Group| group.facts.iter().any(|fact| fact.name == head);
            head == "job" || in_group(&sitthi::Worker::GROUP) || layout.declared(name).is_some()
        };
        for fact in layout.facts.iter().filter(|fact| of_worker(&fact.name)) {
            let codes = match fact.kind {
                FactKind::Code | FactKind::Province | FactKind::District => fact.list.and_then(|list| layout.lists.get(usize::from(list))),
                _ => None,
            };
            let codes = codes.map(|list| list.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>());
            let said = (kind_name(fact.kind), codes);
            facts.set_item(fact.name.as_str(), said.clone())?;
            if let Some(rest) = fact.name.strip_prefix("job.") {
                facts.set_item(format!("job_2.{rest}"), said)?;
            }
        }
        Ok(facts)
    }

    /// The facts as the types of Python have them: by group, each with its kind and what it is.
    #[staticmethod]
    fn fact_groups<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let groups = sitthi::facts::GROUPS.iter().map(|group| {
            let facts = group
                .facts
                .iter()
                .map(|fact| json!({ "name": fact.name, "kind": kind_name(fact.kind), "list": fact.list, "about": fact.about.trim() }));
            (group.name.to_owned(), Value::Array(facts.collect()))
        });
        to_python(py, &Value::Object(groups.collect::<Map<_, _>>()))
    }

    fn __repr__(&self) -> String {
        format!(
            "Rulebook(edition='{}', {} schemes, {} plans)",
            self.inner.edition(),
            self.inner.schemes().len(),
            self.inner.book().plans.len()
        )
    }

    /// A view for notebooks.
    #[pyo3(name = "_repr_html_")]
    fn view<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("sitthi._html")?.call_method1("rulebook", (this,))
    }
}

pub fn kind_name(kind: FactKind) -> String {
    json!(kind).as_str().unwrap_or_default().to_owned()
}

impl Rulebook {
    fn of(inner: sitthi::Rulebook) -> Self {
        Self {
            inner,
            sources: None,
            kept: Arc::new(Kept {
                facts: PyOnceLock::new(),
                schemes: PyOnceLock::new(),
                plans: PlanCache::new(),
            }),
        }
    }

    pub fn inner(&self) -> &sitthi::Rulebook {
        &self.inner
    }

    /// The plans of the frames that were asked about.
    pub fn plan_cache(&self) -> &PlanCache {
        &self.kept.plans
    }
}

/// The law as asked about one day.
#[pyclass(frozen, module = "sitthi")]
pub struct Law {
    inner: sitthi::Law,
    kept: Arc<Kept>,
}

#[pymethods]
impl Law {
    /// Which schemes cover a worker, which they may join, which not, and why.
    fn assess<'py>(this: &Bound<'py, Self>, worker: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let worker = Worker::take(worker)?;
        decided(this, "Coverage", this.get().inner.assess(&worker.0).map_err(raise)?.to_json())
    }

    /// The status of every scheme, without reasons.
    fn statuses<'py>(&self, py: Python<'py>, worker: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let worker = Worker::take(worker)?;
        let found = self.inner.subject_statuses(&self.inner.subject(&worker.0).map_err(raise)?);
        let statuses = PyDict::new(py);
        for (scheme, status) in self.kept.schemes(py, self.inner.rulebook()).iter().zip(found) {
            statuses.set_item(scheme, code(py, status))?;
        }
        Ok(statuses)
    }

    /// Which definitions a worker meets.
    fn classify<'py>(this: &Bound<'py, Self>, worker: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let worker = Worker::take(worker)?;
        decided(
            this,
            "Classification",
            this.get().inner.classify(&worker.0).map_err(raise)?.to_json(),
        )
    }

    /// The question that helps most; None where all is decided as far as facts can.
    fn next_question<'py>(this: &Bound<'py, Self>, worker: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let worker = Worker::take(worker)?;
        let question = this.get().inner.next_question(&worker.0).map_err(raise)?;
        question
            .map(|question| decided(this, "Question", serde_json::to_string(&question).unwrap_or_default()))
            .transpose()
    }

    /// Begins an interview about a scheme (its id), `everything`, a `claim` or a `complaint`; `facts` is what is known before.
    #[pyo3(signature = (about, facts = None))]
    fn interview(this: &Bound<'_, Self>, about: &str, facts: Option<&Bound<'_, PyAny>>) -> PyResult<Interview> {
        let facts = match facts {
            None => Value::Null,
            Some(facts) => match (facts.cast::<Worker>(), facts.cast::<Complaint>()) {
                (Ok(worker), _) => worker.get().0.to_value(),
                (_, Ok(complaint)) => complaint.get().0.to_value(),
                _ => to_json(facts, "")?,
            },
        };
        Ok(Interview::of(this, this.get().inner.interview(about, &facts).map_err(raise)?))
    }

    /// Goes on with an interview that `Interview.to_json` wrote, here or in another language.
    fn resume_interview(this: &Bound<'_, Self>, kept: &str) -> PyResult<Interview> {
        Ok(Interview::of(this, this.get().inner.resume_interview(kept).map_err(raise)?))
    }

    /// Who must hear a complaint, how fast, and until when.
    fn route<'py>(this: &Bound<'py, Self>, complaint: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let complaint = Complaint::take(complaint)?;
        decided(this, "Routing", this.get().inner.route(&complaint.0).map_err(raise)?.to_json())
    }

    /// How a plan does, with targets and values of one's own (a mapping or JSON text).
    #[pyo3(signature = (plan, given = None))]
    fn score<'py>(this: &Bound<'py, Self>, plan: &str, given: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let input = match given {
            None => "{}".to_owned(),
            Some(given) => match given.cast::<PyString>() {
                Ok(text) => text.to_cow()?.into_owned(),
                Err(_) => to_json(given, "")?.to_string(),
            },
        };
        decided(this, "Scorecard", this.get().inner.score(plan, &input).map_err(raise)?.to_json())
    }

    /// The status of every scheme for every row of a frame; as `sitthi.assess_frame` about this day, unless `on=` names a column of days.
    #[pyo3(
        signature = (frame, **asked),
        text_signature = "($self, frame, *, on=..., columns=None, facts=None, no_answer=None, carry=False, jobs=None, unknown='error', of='schemes', missing=False, clauses=(), errors=False, written=False, threads=None, progress=None)"
    )]
    fn assess_frame<'py>(&self, frame: &Bound<'py, PyAny>, asked: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        self.of_frame("assess_frame", frame, asked)
    }

    /// How many rows of a frame have each status, by group; as `sitthi.tally` about this day, unless `on=` names a column of days.
    #[pyo3(
        signature = (frame, **asked),
        text_signature = "($self, frame, *, on=..., by=(), weights=None, columns=None, facts=None, no_answer=None, jobs=None, unknown='error', of='schemes', written=False, threads=None, progress=None)"
    )]
    fn tally<'py>(&self, frame: &Bound<'py, PyAny>, asked: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        self.of_frame("tally", frame, asked)
    }

    /// One decision or one error for each worker, in their order.
    fn assess_many<'py>(this: &Bound<'py, Self>, py: Python<'py>, workers: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let inner = &this.get().inner;
        if workers.is_instance_of::<PyString>() || workers.cast::<PyMapping>().is_ok() {
            let found = format!("a value of type {}", workers.get_type().name()?);
            return Err(Refused::wrong_type("the workers", &found, "a list of workers").into());
        }
        let taken: Vec<PyResult<Worker>> = workers.try_iter()?.map(|worker| Ok(Worker::take(&worker?)?.into_owned())).collect();
        let answers: Vec<Result<String, PyErr>> = py.detach(|| {
            let assess = |worker: PyResult<Worker>| worker.and_then(|worker| Ok(inner.assess(&worker.0).map_err(Refused::from)?.to_json()));
            taken.into_iter().map(assess).collect()
        });
        let items = answers.into_iter().map(|answer| match answer {
            Ok(json) => decided(this, "Coverage", json),
            Err(error) => Ok(error.into_value(py).into_bound(py).into_any()),
        });
        PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)
    }

    /// A decision in words, from a decision or its JSON: sections and lines in both languages, as plain dicts and lists.
    fn outline<'py>(&self, py: Python<'py>, decision: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let outline = self.inner.outline_of_json(&decision_text(decision)?).map_err(raise)?;
        // Keys stay in the order of the core's text.
        py.import("json")?.call_method1("loads", (outline.to_json(),))
    }

    /// A decision as plain text with its sources: in `th`, `en` or `both` languages.
    #[pyo3(signature = (decision, language = "th"))]
    fn text(&self, decision: &Bound<'_, PyAny>, language: &str) -> PyResult<String> {
        let Some(language) = sitthi::Language::of_code(language) else {
            return Err(Refused::wrong_type("language", &format!("the text `{language}`"), "`th`, `en` or `both`").into());
        };
        let outline = self.inner.outline_of_json(&decision_text(decision)?).map_err(raise)?;
        Ok(self.inner.text(&outline, language))
    }

    /// The codes of a list with their labels: `(code, Thai, English)`, in the order of the list.
    fn codes(&self, list: &str) -> PyResult<Vec<(String, String, String)>> {
        Ok(labels(self.inner.codes(list).map_err(raise)?))
    }

    /// The names of the lists that `codes` takes.
    #[getter]
    fn code_lists(&self) -> Vec<String> {
        self.inner.code_lists().iter().map(ToString::to_string).collect()
    }

    /// The provinces: `(code, Thai, English)`.
    fn provinces(&self) -> Vec<(String, String, String)> {
        labels(self.inner.provinces())
    }

    /// The districts of a province: `(code, Thai, English)`.
    fn districts(&self, province: &str) -> PyResult<Vec<(String, String, String)>> {
        Ok(labels(self.inner.districts(province).map_err(raise)?))
    }

    /// The schemes with their options: `(code, Thai, English)`.
    fn schemes(&self) -> Vec<(String, String, String)> {
        labels(self.inner.schemes())
    }

    /// The rule files, the kinds of complaint without a file, and the plans: `(id, Thai, English)`.
    fn files(&self) -> Vec<(String, String, String)> {
        labels(self.inner.files())
    }

    /// The facts that may be told, as plain dicts with `code`, `th`, `en` and the `list` of their codes.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &json!(self.inner.facts()))
    }

    /// The agencies and community bodies that decisions name, as plain dicts with `code`, `th`, `en`, `call` and `site`.
    fn agencies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &json!(self.inner.agencies()))
    }

    /// The instruments that citations name, as plain dicts with their titles and days; empty where a rulebook carries no bibliography.
    fn instruments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &json!(self.inner.instruments()))
    }

    /// The sources in which the law was read, as plain dicts with their addresses; empty as `instruments`.
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &json!(self.inner.sources()))
    }

    /// The day asked about.
    #[getter]
    fn day<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        python_date(py, self.inner.day())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let kept = (self.rulebook(), self.day(py)?).into_pyobject(py)?;
        Ok((py.get_type::<Rulebook>().getattr("on")?, kept))
    }

    fn __copy__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __deepcopy__<'py>(this: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        this
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let same =
            |other: &Self| self.inner.day() == other.inner.day() && self.inner.rulebook().digest() == other.inner.rulebook().digest();
        other.cast::<Self>().is_ok_and(|other| same(other.get()))
    }

    fn __hash__(&self) -> u64 {
        self.inner.rulebook().digest().rotate_left(17) ^ u64::from(self.inner.day().days().unsigned_abs())
    }

    fn __repr__(&self) -> String {
        format!("Law(on={}, edition='{}')", self.inner.day(), self.inner.rulebook().edition())
    }
}

/// A decision that remembers the law whose words it is put into.
pub fn decided<'py>(law: &Bound<'py, Law>, class: &str, json: String) -> PyResult<Bound<'py, PyAny>> {
    let decision = result(law.py(), class, json)?;
    decision.setattr("_home", law)?;
    Ok(decision)
}

/// The JSON of a decision: text as it is, or what the decision itself or a plain dict of it holds.
fn decision_text(decision: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = decision.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned());
    }
    if decision.hasattr("to_json")? {
        return decision.call_method0("to_json")?.extract();
    }
    Ok(to_json(decision, "the decision")?.to_string())
}

fn labels(labels: Vec<sitthi::CodeLabel>) -> Vec<(String, String, String)> {
    let label = |label: sitthi::CodeLabel| (label.code.to_string(), label.th.to_string(), label.en.to_string());
    labels.into_iter().map(label).collect()
}

impl Law {
    /// Its rulebook, without the rule files that it was compiled from.
    fn rulebook(&self) -> Rulebook {
        Rulebook {
            inner: self.inner.rulebook().clone(),
            sources: None,
            kept: Arc::clone(&self.kept),
        }
    }

    fn of_frame<'py>(&self, name: &str, frame: &Bound<'py, PyAny>, asked: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        let py = frame.py();
        let asked = asked.map_or_else(|| Ok(PyDict::new(py)), |asked| asked.copy())?;
        if !asked.contains("on")? {
            asked.set_item("on", self.day(py)?)?;
        }
        asked.set_item("rulebook", self.rulebook())?;
        py.import("sitthi._population")?.call_method(name, (frame,), Some(&asked))
    }
}

/// The code of a status as Python has it.
fn code(py: Python<'_>, status: Status) -> &Bound<'_, PyString> {
    match status {
        Status::Covered => intern!(py, Status::Covered.code()),
        Status::Eligible => intern!(py, Status::Eligible.code()),
        Status::NotEligible => intern!(py, Status::NotEligible.code()),
        Status::Undetermined => intern!(py, Status::Undetermined.code()),
        Status::Disputed => intern!(py, Status::Disputed.code()),
    }
}

/// Reads a day, ISO or Thai.
#[pyfunction]
pub fn read_day<'py>(day: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDate>> {
    python_date(day.py(), convert::day(day)?)
}

/// A day as each language writes it, Thai first: `22 พฤศจิกายน 2569`, `22 November 2026`.
#[pyfunction]
pub fn day_words(day: &Bound<'_, PyAny>) -> PyResult<(String, String)> {
    let words = sitthi::day_words(convert::day(day)?);
    Ok((words.th.to_string(), words.en.to_string()))
}

/// Checks the digits of an identity number; what is wrong is an error that never shows it.
#[pyfunction]
pub fn check_citizen_id(number: &str) -> PyResult<()> {
    sitthi::CitizenId::parse(number).map(drop).map_err(raise)
}

/// A day, or as much of it as is known, in Thai: `22 พฤศจิกายน 2569`, with the years as they ran.
#[pyfunction]
#[pyo3(signature = (day, short = false, thai_digits = false))]
pub fn thai_date(day: &Bound<'_, PyAny>, short: bool, thai_digits: bool) -> PyResult<String> {
    let style = sitthi::values::ThaiStyle { short, thai_digits };
    Ok(convert::day_in_part(day)?.thai(style))
}
