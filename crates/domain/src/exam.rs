//! Lanes, exams and checks with their results, as DG TRACES and selectivity systems record them.

coded_enum! {
    /// The lane that selectivity chose.
    Lane {
        /// Physical and documentary control.
        Red = "red",
        /// Documentary control.
        Yellow = "yellow",
        /// Release with later audit.
        Blue = "blue",
        /// Release.
        Green = "green",
    }
}

coded_enum! {
    /// How soon an inspection wants doing.
    Priority {
        /// Before all else: live animals, perishables out of range, safety.
        Urgent = "urgent",
        /// Earlier than the queue: authorised operators, perishables.
        High = "high",
        /// In order of arrival.
        Normal = "normal",
    }
}

coded_enum! {
    /// An exam that may be ordered.
    ExamType {
        /// Papers only.
        Documentary = "documentary",
        /// Seals compared.
        SealCheck = "seal-check",
        /// Non-intrusive inspection by X-ray.
        Nii = "nii",
        /// Doors opened, the first rows looked at.
        Tailgate = "tailgate",
        /// Part of the load taken out.
        PartialDevan = "partial-devan",
        /// The whole load taken out.
        FullDevan = "full-devan",
        /// Samples drawn.
        Sampling = "sampling",
        /// Detection dog.
        Canine = "canine",
        /// Radiation measured.
        Radiation = "radiation",
        /// Vapour or gas measured.
        Vapour = "vapour",
        /// Boarding of a vessel.
        Boarding = "boarding",
    }
}

coded_enum! {
    /// A check within an agency's section.
    CheckKind {
        /// Papers against each other and the consignment.
        Documentary = "documentary",
        /// Identity by seal or in full.
        Identity = "identity",
        /// Goods, packaging, temperature, labels.
        Physical = "physical",
        /// Seven points of the unit: front, left, right, floor, roof, doors, undercarriage.
        SevenPoint = "seven-point",
        /// The radiograph.
        Image = "image",
    }
}

coded_enum! {
    /// The result of a check. A performed check has one; a check not done has a reason beside it.
    CheckResult {
        /// Nothing differs.
        Satisfactory = "satisfactory",
        /// In order after the officer made it so.
        AfterIntervention = "after-intervention",
        /// Not in order.
        NotSatisfactory = "not-satisfactory",
        /// Not performed; the reason is recorded.
        NotDone = "not-done",
        /// Dispensed with by rule; the reason is recorded.
        Derogation = "derogation",
    }
}

impl CheckResult {
    /// Whether a reason must stand beside this result.
    pub const fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::NotSatisfactory | Self::NotDone | Self::Derogation
        )
    }
}
